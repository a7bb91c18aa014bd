package io.corobridge.weaver.transform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Where each instruction of a method can go next, and which locals are live behind it. */
final class ControlFlow {
    private final InsnList code;
    private final List<List<Integer>> successors;
    private final List<List<Integer>> handlers;

    ControlFlow(MethodNode method) {
        code = method.instructions;
        successors = new ArrayList<>(code.size());
        handlers = new ArrayList<>(code.size());
        for (int i = 0; i < code.size(); i++) {
            successors.add(successorsOf(i));
            handlers.add(new ArrayList<>(0));
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int end = code.indexOf(block.end);
            for (int i = code.indexOf(block.start); i < end; i++) {
                handlers.get(i).add(code.indexOf(block.handler));
            }
        }
    }

    int size() {
        return code.size();
    }

    List<Integer> successors(int index) {
        return successors.get(index);
    }

    List<Integer> handlers(int index) {
        return handlers.get(index);
    }

    private List<Integer> successorsOf(int index) {
        AbstractInsnNode insn = code.get(index);
        List<Integer> next = new ArrayList<>(2);
        if (insn instanceof JumpInsnNode jump) {
            next.add(code.indexOf(jump.label));
            if (insn.getOpcode() != Opcodes.GOTO && index + 1 < code.size()) {
                next.add(index + 1);
            }
        } else if (insn instanceof TableSwitchInsnNode table) {
            addAll(next, table.labels, table.dflt);
        } else if (insn instanceof LookupSwitchInsnNode lookup) {
            addAll(next, lookup.labels, lookup.dflt);
        } else if (!endsMethod(insn.getOpcode()) && index + 1 < code.size()) {
            next.add(index + 1);
        }
        return next;
    }

    private void addAll(List<Integer> next, List<LabelNode> labels, LabelNode otherwise) {
        for (LabelNode label : labels) {
            next.add(code.indexOf(label));
        }
        next.add(code.indexOf(otherwise));
    }

    private static boolean endsMethod(int opcode) {
        return opcode == Opcodes.ATHROW || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN);
    }

    /** For each instruction the slots that may be read after it before they are written, in handlers too. */
    BitSet[] liveAfter() {
        int size = code.size();
        BitSet[] before = new BitSet[size];
        BitSet[] after = new BitSet[size];
        List<List<Integer>> predecessors = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            before[i] = new BitSet();
            after[i] = new BitSet();
            predecessors.add(new ArrayList<>(2));
        }
        for (int i = 0; i < size; i++) {
            for (int next : successors.get(i)) {
                predecessors.get(next).add(i);
            }
            for (int next : handlers.get(i)) {
                predecessors.get(next).add(i);
            }
        }
        Deque<Integer> work = new ArrayDeque<>(size);
        BitSet queued = new BitSet(size);
        for (int i = 0; i < size; i++) {
            work.add(i);
            queued.set(i);
        }
        while (!work.isEmpty()) {
            int i = work.removeLast();
            queued.clear(i);
            BitSet out = after[i];
            for (int next : successors.get(i)) {
                out.or(before[next]);
            }
            BitSet in = (BitSet) out.clone();
            apply(code.get(i), in);
            for (int next : handlers.get(i)) {
                in.or(before[next]);
                out.or(before[next]);
            }
            if (!in.equals(before[i])) {
                before[i] = in;
                for (int previous : predecessors.get(i)) {
                    if (!queued.get(previous)) {
                        queued.set(previous);
                        work.add(previous);
                    }
                }
            }
        }
        return after;
    }

    private static void apply(AbstractInsnNode insn, BitSet live) {
        if (insn instanceof IincInsnNode increment) {
            live.set(increment.var);
        } else if (insn instanceof VarInsnNode local) {
            if (isStore(insn.getOpcode())) {
                live.clear(local.var);
            } else {
                live.set(local.var);
            }
        }
    }

    static boolean isStore(int opcode) {
        return opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
    }
}
