package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.AnalyzerAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The verifier's types before each instruction of a method, followed through the frames that the compiler wrote: exact, and
 * without loading or reading any other class.
 *
 * <p>Types are ASM's for frames; uninitialised objects are the {@link Label} before their {@code new}. Both lists have one entry
 * for each slot, a {@code TOP} behind a long or double.
 */
final class VerifierTypes {
    /** Before one instruction. */
    record At(List<Object> locals, List<Object> stack) {}

    private final List<@Nullable At> before;
    private final Map<Label, LabelNode> labels = new HashMap<>();

    /** Follows the code of a method, which must have a label before each {@code new}. */
    VerifierTypes(String className, MethodNode method, BitSet[] liveAfter) {
        before = new ArrayList<>(method.instructions.size());
        AnalyzerAdapter follower =
                new AnalyzerAdapter(Opcodes.ASM9, className, method.access, method.name, method.desc, null) {};
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LabelNode label) {
                labels.put(label.getLabel(), label);
            }
            boolean isReached = follower.locals != null;
            before.add(isReached ? new At(new ArrayList<>(follower.locals), new ArrayList<>(follower.stack)) : null);
            if (isReached && insn instanceof MethodInsnNode call && call.name.equals("<init>")) {
                forgetCopies(follower, call, liveAfter[before.size() - 1]);
            }
            insn.accept(follower);
        }
    }

    /**
     * Compilers put an object that is not initialised into a local while an argument of its constructor needs an empty stack. The
     * local is not read any more when the constructor has been called.
     */
    private static void forgetCopies(AnalyzerAdapter follower, MethodInsnNode call, BitSet live) {
        Object made = follower.stack.get(follower.stack.size() - (Type.getArgumentsAndReturnSizes(call.desc) >> 2));
        for (int slot = 0; slot < follower.locals.size(); slot++) {
            if (made instanceof Label && follower.locals.get(slot) == made && !live.get(slot)) {
                follower.locals.set(slot, Opcodes.TOP);
            }
        }
    }

    /** The types before an instruction, or null where it cannot be reached. */
    @Nullable
    At before(int index) {
        return before.get(index);
    }

    /** The {@code new} of an uninitialised object. */
    AbstractInsnNode made(Object uninitialised) {
        return made(Objects.requireNonNull(labels.get((Label) uninitialised)));
    }

    /** The {@code new} behind its label. */
    static AbstractInsnNode made(LabelNode label) {
        AbstractInsnNode insn = label;
        while (insn.getOpcode() < 0) {
            insn = insn.getNext();
        }
        return insn;
    }
}
