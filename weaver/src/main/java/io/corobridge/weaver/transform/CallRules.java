package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/** Which calls of a method are suspension points, and how each is made. */
final class CallRules {
    private static final Set<String> OBJECT_METHODS =
            Set.of("getClass", "hashCode", "equals", "toString", "notify", "notifyAll", "wait");
    private static final Set<String> LOOP_METHODS = Set.of("iterator", "close", "hasNext", "next");
    private static final Set<String> HARMLESS_OWNERS =
            Set.of("java/lang/Object", "java/lang/String", "java/lang/System", "java/util/Objects");

    private final ClassContext context;
    private final MethodPlan plan;

    CallRules(ClassContext context, MethodPlan plan) {
        this.context = context;
        this.plan = plan;
    }

    /** How a call is made, or null when it is not a suspension point. */
    Site.@Nullable Form formOf(MethodInsnNode call, Frame<Origin> frame, int line) throws MethodAnalysis.Refused {
        if (call.name.equals("<init>")) {
            return constructor(call, frame, line);
        }
        if (context.everything) {
            return Site.Form.values()[1 + Math.floorMod(plan.sites.size(), 3)];
        }
        boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
        List<Origin> operands = operands(call, frame);
        Origin receiver = isStatic ? Origin.NONE : operands.get(0);
        if (!isStatic && Core.isHandle(call.owner)) {
            return handleMethod(call, receiver, line);
        }
        if (isLoopStep(call, receiver)) {
            return Site.Form.LOOP;
        }
        List<Origin> arguments = isStatic ? operands : operands.subList(1, operands.size());
        if (HARMLESS_OWNERS.contains(call.owner) || (isObjectMethod(call) && !arguments.contains(Origin.OWN))) {
            return null;
        }
        if (arguments.contains(Origin.FOREIGN)) {
            throw new MethodAnalysis.Refused(Finding.Kind.FOREIGN_HANDLE, line, describe(call));
        }
        boolean isGivenHandle = arguments.contains(Origin.OWN);
        boolean ownLoop = receiver == Origin.LOOP && !LOOP_METHODS.contains(call.name);
        boolean lostLoop = !isGivenHandle && arguments.contains(Origin.LOOP);
        if (operands.contains(Origin.HOLDER) || ownLoop || lostLoop) {
            context.found(Finding.Kind.NO_HANDLE_FRAME, plan.method, line, describe(call));
            return Site.Form.PLAIN;
        }
        return isGivenHandle ? Site.Form.CHECKED : null;
    }

    /** A constructor may await too; those of woven classes that only keep the handle are marked. */
    private Site.@Nullable Form constructor(MethodInsnNode call, Frame<Origin> frame, int line)
            throws MethodAnalysis.Refused {
        List<Origin> operands = operands(call, frame);
        List<Origin> arguments = operands.subList(1, operands.size());
        if (context.everything || call.owner.startsWith("java/")) {
            return null;
        }
        if (arguments.contains(Origin.FOREIGN)) {
            throw new MethodAnalysis.Refused(Finding.Kind.FOREIGN_HANDLE, line, describe(call));
        }
        return arguments.contains(Origin.OWN) ? Site.Form.CHECKED : null;
    }

    private Site.@Nullable Form handleMethod(MethodInsnNode call, Origin receiver, int line)
            throws MethodAnalysis.Refused {
        if (!Core.isHandleMethod(call.owner, call.name)) {
            return null;
        }
        if (receiver != Origin.OWN) {
            throw new MethodAnalysis.Refused(Finding.Kind.FOREIGN_HANDLE, line, describe(call));
        }
        if (Core.canSuspend(call.name)) {
            return Site.Form.HANDLE;
        }
        plan.handleCalls.add(call);
        return null;
    }

    private static boolean isLoopStep(MethodInsnNode call, Origin receiver) {
        boolean step = (call.name.equals("hasNext") && call.desc.equals("()Z"))
                || (call.name.equals("next") && call.desc.equals("()Ljava/lang/Object;"));
        boolean type = call.owner.equals("java/util/Iterator") || call.owner.equals(Core.EACH);
        return step
                && type
                && receiver != Origin.COLLECTION_ITERATOR
                && !(call.name.equals("next") && followsHasNext(call));
    }

    /** {@code it.hasNext()}, a branch and {@code it.next()}: the form of every for-each loop. There is an element then. */
    private static boolean followsHasNext(MethodInsnNode next) {
        AbstractInsnNode load = realBefore(next);
        AbstractInsnNode branch = realBefore(load);
        AbstractInsnNode hasNext = realBefore(branch);
        AbstractInsnNode loadBefore = realBefore(hasNext);
        return load instanceof VarInsnNode second
                && branch instanceof JumpInsnNode
                && branch.getOpcode() == Opcodes.IFEQ
                && hasNext instanceof MethodInsnNode call
                && call.name.equals("hasNext")
                && loadBefore instanceof VarInsnNode first
                && first.var == second.var
                && second.getOpcode() == Opcodes.ALOAD;
    }

    private static @Nullable AbstractInsnNode realBefore(@Nullable AbstractInsnNode insn) {
        AbstractInsnNode before = insn == null ? null : insn.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        return before;
    }

    private static boolean isObjectMethod(MethodInsnNode call) {
        return call.getOpcode() != Opcodes.INVOKESTATIC && OBJECT_METHODS.contains(call.name);
    }

    /** Whether an instruction puts the handle, or what holds it, where it cannot be followed. */
    static boolean escapes(AbstractInsnNode insn, Frame<Origin> frame) {
        int opcode = insn.getOpcode();
        if (opcode != Opcodes.PUTFIELD && opcode != Opcodes.PUTSTATIC && opcode != Opcodes.AASTORE) {
            return false;
        }
        Origin stored = frame.getStack(frame.getStackSize() - 1);
        return stored == Origin.OWN || stored == Origin.HOLDER;
    }

    /** The receiver, unless it is static, and the arguments. */
    static List<Origin> operands(MethodInsnNode call, Frame<Origin> frame) {
        int count = Type.getArgumentCount(call.desc) + (call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1);
        List<Origin> operands = new ArrayList<>(count);
        for (int i = frame.getStackSize() - count; i < frame.getStackSize(); i++) {
            operands.add(frame.getStack(i));
        }
        return operands;
    }

    static String describe(MethodInsnNode call) {
        return call.owner.replace('/', '.') + '.' + call.name;
    }
}
