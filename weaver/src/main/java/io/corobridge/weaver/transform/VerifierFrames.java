package io.corobridge.weaver.transform;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;

/** Makes the verifier's frames at the labels that the weaver adds. */
final class VerifierFrames {
    private final Set<AbstractInsnNode> made = Collections.newSetFromMap(new IdentityHashMap<>());

    FrameNode frame(List<Object> locals, List<Object> stack) {
        FrameNode frame = new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.size(), stack.toArray());
        made.add(frame);
        return frame;
    }

    /** Where the compiler's own frame stands at the same place it serves both. */
    void removeDoubles(InsnList code) {
        AbstractInsnNode last = null;
        for (AbstractInsnNode insn : code.toArray()) {
            if (insn.getOpcode() >= 0) {
                last = null;
            } else if (insn instanceof FrameNode) {
                if (last == null) {
                    last = insn;
                } else if (made.contains(last)) {
                    code.remove(last);
                    last = insn;
                } else {
                    code.remove(insn);
                }
            }
        }
    }
}
