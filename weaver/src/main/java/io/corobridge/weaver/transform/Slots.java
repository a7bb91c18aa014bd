package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableAnnotationNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The locals of a woven method: behind the parameters one for the frame, and one for the handle where the parameter will not do;
 * the method's own locals move up.
 *
 * <p>There, rather than behind all others, the verifier's frames stay short.
 */
final class Slots {
    private final int parameters;
    private final int added;
    private final MethodPlan plan;
    private final String frameType;

    /** The local that holds the activation's frame once it has one. */
    final int frame;

    /** The local that holds the handle throughout. */
    final int handle;

    /** Whether {@link #handle} is not the parameter. */
    final boolean copiesHandle;

    /** The first local behind all that the method has. */
    final int temporaries;

    Slots(MethodPlan plan, String frameType) {
        this.plan = plan;
        this.frameType = frameType;
        MethodNode method = plan.method;
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        parameters = (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - (isStatic ? 1 : 0);
        copiesHandle = plan.own < 0 || !Core.isHandle(parameterType(isStatic)) || isWritten(method, plan.own);
        added = copiesHandle ? 2 : 1;
        frame = parameters;
        handle = copiesHandle ? parameters + 1 : plan.own;
        temporaries = method.maxLocals + added;
    }

    private Type parameterType(boolean isStatic) {
        int slot = isStatic ? 0 : 1;
        for (Type type : Type.getArgumentTypes(plan.method.desc)) {
            if (slot == plan.own) {
                return type;
            }
            slot += type.getSize();
        }
        throw new IllegalStateException("no parameter in slot " + plan.own);
    }

    private static boolean isWritten(MethodNode method, int slot) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof VarInsnNode local && ControlFlow.isStore(insn.getOpcode()) && local.var == slot) {
                return true;
            }
        }
        return false;
    }

    /** Where a local of the method has moved to. */
    int moved(int slot) {
        return slot < parameters ? slot : slot + added;
    }

    boolean isParameter(int slot) {
        return slot < parameters;
    }

    /** Moves the method's locals. */
    void apply() {
        MethodNode method = plan.method;
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof VarInsnNode local) {
                local.var = moved(local.var);
            } else if (insn instanceof IincInsnNode increment) {
                increment.var = moved(increment.var);
            } else if (insn instanceof FrameNode at) {
                List<Object> slots = expand(at.local == null ? List.of() : at.local);
                slots.replaceAll(type -> isMoved(type) ? Opcodes.TOP : type);
                at.local = locals(slots);
                at.stack = at.stack == null ? new ArrayList<>() : new ArrayList<>(at.stack);
                at.stack.removeIf(this::isMoved);
            }
        }
        if (method.localVariables != null) {
            for (LocalVariableNode variable : method.localVariables) {
                variable.index = moved(variable.index);
            }
        }
        moveAnnotations(method.visibleLocalVariableAnnotations);
        moveAnnotations(method.invisibleLocalVariableAnnotations);
    }

    private boolean isMoved(Object type) {
        return type instanceof LabelNode label && plan.moved.contains(VerifierTypes.made(label));
    }

    private void moveAnnotations(@org.jspecify.annotations.Nullable List<LocalVariableAnnotationNode> annotations) {
        if (annotations != null) {
            for (LocalVariableAnnotationNode annotation : annotations) {
                annotation.index.replaceAll(this::moved);
            }
        }
    }

    private static List<Object> expand(List<Object> compact) {
        List<Object> slots = new ArrayList<>();
        for (Object type : compact) {
            slots.add(type);
            if (Bytecode.isWide(type)) {
                slots.add(Opcodes.TOP);
            }
        }
        return slots;
    }

    /** The locals of a verifier's frame, from the types of the method's own slots. */
    List<Object> locals(List<Object> types) {
        return locals(types, List.of());
    }

    /** The same with types for the temporaries. */
    List<Object> locals(List<Object> types, List<Object> temporaryTypes) {
        int wideTemporaries = 0;
        for (Object type : temporaryTypes) {
            wideTemporaries += Bytecode.isWide(type) ? 2 : 1;
        }
        Object[] slots = new Object[temporaries + wideTemporaries];
        Arrays.fill(slots, Opcodes.TOP);
        for (int slot = 0; slot < types.size(); slot++) {
            slots[moved(slot)] = types.get(slot);
        }
        slots[frame] = frameType;
        if (copiesHandle) {
            slots[handle] = plan.handleType;
        }
        int next = temporaries;
        for (Object type : temporaryTypes) {
            slots[next] = type;
            next += Bytecode.isWide(type) ? 2 : 1;
        }
        List<Object> compact = new ArrayList<>();
        for (int slot = 0; slot < slots.length; slot++) {
            compact.add(slots[slot]);
            if (Bytecode.isWide(slots[slot])) {
                slot++;
            }
        }
        while (compact.get(compact.size() - 1) == Opcodes.TOP) {
            compact.remove(compact.size() - 1);
        }
        return compact;
    }
}
