package io.corobridge.weaver.transform;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * {@code new Foo(a, co.await(x))}: the object that is not initialised yet cannot be kept over a suspension, so its {@code new}
 * moves down to the constructor call.
 *
 * <p>What stands for {@code new} and {@code dup} above is nothing but what initialises the class, in the order of the source. Where the
 * compiler has put the object into a local and got it back, since an argument needs an empty stack, nothing is left.
 */
final class MovedObjects {
    private final MethodPlan plan;
    private final VerifierTypes types;

    MovedObjects(MethodPlan plan, VerifierTypes types) {
        this.plan = plan;
        this.types = types;
    }

    void find() throws MethodAnalysis.Refused {
        if (plan.moved.isEmpty()) {
            return;
        }
        for (int i = 0; i < plan.method.instructions.size(); i++) {
            VerifierTypes.At at = types.before(i);
            if (at == null) {
                continue;
            }
            AbstractInsnNode insn = plan.method.instructions.get(i);
            if (insn instanceof MethodInsnNode call && call.name.equals("<init>")) {
                constructor(call, at);
            } else if (keeps(insn, at)) {
                plan.dropped.add(insn);
            } else if (shuffles(insn.getOpcode()) && touchesMoved(insn, at.stack())) {
                throw new MethodAnalysis.Refused(
                        Finding.Kind.UNKNOWN_CODE, 0, "an object that is not initialised is moved on the stack");
            }
        }
    }

    /** Whether an instruction puts a moved object into a local or gets it back. */
    private boolean keeps(AbstractInsnNode insn, VerifierTypes.At at) {
        List<Object> stack = at.stack();
        return switch (insn.getOpcode()) {
            case Opcodes.ASTORE -> isMoved(stack.get(stack.size() - 1));
            case Opcodes.ALOAD -> isMoved(at.locals().get(((VarInsnNode) insn).var));
            default -> false;
        };
    }

    private boolean isMoved(Object type) {
        return type instanceof Label label && plan.moved.contains(types.made(label));
    }

    private void constructor(MethodInsnNode call, VerifierTypes.At at) {
        List<Object> stack = at.stack();
        int receiver = stack.size() - (Type.getArgumentsAndReturnSizes(call.desc) >> 2);
        if (stack.get(receiver) instanceof Label label && isMoved(label)) {
            int copies = 1;
            while (receiver - copies >= 0 && stack.get(receiver - copies) == label) {
                copies++;
            }
            boolean isSite = plan.sites.stream().anyMatch(site -> site.call == call);
            if (isSite) {
                // Made there.
                return;
            }
            plan.constructors.add(new MethodPlan.MovedConstructor(call, types.made(label), copies));
        }
    }

    private static boolean shuffles(int opcode) {
        return opcode >= Opcodes.POP && opcode <= Opcodes.SWAP;
    }

    private boolean touchesMoved(AbstractInsnNode insn, List<Object> stack) {
        if (insn.getOpcode() == Opcodes.DUP && isDupOfNew(insn)) {
            return false;
        }
        int depth = switch (insn.getOpcode()) {
            case Opcodes.POP, Opcodes.DUP -> 1;
            case Opcodes.POP2, Opcodes.DUP_X1, Opcodes.DUP2, Opcodes.SWAP -> 2;
            case Opcodes.DUP_X2, Opcodes.DUP2_X1 -> 3;
            default -> 4;
        };
        for (int k = Math.max(0, stack.size() - depth); k < stack.size(); k++) {
            if (isMoved(stack.get(k))) {
                return true;
            }
        }
        return false;
    }

    static boolean isDupOfNew(AbstractInsnNode dup) {
        AbstractInsnNode before = dup.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        return before != null && before.getOpcode() == Opcodes.NEW;
    }
}
