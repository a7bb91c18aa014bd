package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.AnalyzerAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
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

    /** Has a label put before each {@code new}, which the method's code must have, and follows the code. */
    VerifierTypes(String className, MethodNode method) {
        before = new ArrayList<>(method.instructions.size());
        AnalyzerAdapter follower =
                new AnalyzerAdapter(Opcodes.ASM9, className, method.access, method.name, method.desc, null) {};
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LabelNode label) {
                labels.put(label.getLabel(), label);
            }
            before.add(
                    follower.locals == null
                            ? null
                            : new At(new ArrayList<>(follower.locals), new ArrayList<>(follower.stack)));
            insn.accept(follower);
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
