package io.corobridge.weaver.transform;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * {@code new Foo(a, co.await(x))}: the object that is not initialised yet cannot be kept over a suspension, so its {@code new}
 * moves down to the constructor call.
 *
 * <p>What stands for {@code new} and {@code dup} above is nothing but what initialises the class, in the order of the source.
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
                constructor(call, at.stack());
            } else if (shuffles(insn.getOpcode()) && touchesMoved(insn, at.stack())) {
                throw new MethodAnalysis.Refused(
                        Finding.Kind.UNKNOWN_CODE, 0, "an object that is not initialised is moved on the stack");
            }
        }
    }

    private void constructor(MethodInsnNode call, List<Object> stack) {
        int receiver = stack.size() - (Type.getArgumentsAndReturnSizes(call.desc) >> 2);
        if (stack.get(receiver) instanceof Label label && plan.moved.contains(types.made(label))) {
            int copies = 1;
            while (receiver - copies >= 0 && stack.get(receiver - copies) == label) {
                copies++;
            }
            plan.constructors.add(new MethodPlan.MovedConstructor(call, types.made(label), copies));
        }
    }

    private static boolean shuffles(int opcode) {
        return (opcode >= Opcodes.POP && opcode <= Opcodes.SWAP) || opcode == Opcodes.ASTORE;
    }

    private boolean touchesMoved(AbstractInsnNode insn, List<Object> stack) {
        if (insn.getOpcode() == Opcodes.DUP && isDupOfNew(insn)) {
            return false;
        }
        int depth = switch (insn.getOpcode()) {
            case Opcodes.POP, Opcodes.DUP, Opcodes.ASTORE -> 1;
            case Opcodes.POP2, Opcodes.DUP_X1, Opcodes.DUP2, Opcodes.SWAP -> 2;
            case Opcodes.DUP_X2, Opcodes.DUP2_X1 -> 3;
            default -> 4;
        };
        for (int k = Math.max(0, stack.size() - depth); k < stack.size(); k++) {
            if (stack.get(k) instanceof Label label && plan.moved.contains(types.made(label))) {
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
