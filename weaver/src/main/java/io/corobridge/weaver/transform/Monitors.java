package io.corobridge.weaver.transform;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/** How many monitors a method holds at each of its instructions. */
final class Monitors {
    private static final int UNREACHED = -1;

    /** Nested deeper, it stays at this. */
    private static final int MOST = 100;

    private Monitors() {}

    static int[] held(ControlFlow flow, MethodNode method) {
        int[] held = new int[flow.size()];
        Arrays.fill(held, UNREACHED);
        Deque<Integer> work = new ArrayDeque<>();
        reach(0, 0, held, work);
        while (!work.isEmpty()) {
            int i = work.removeLast();
            int before = held[i];
            int after = before;
            int opcode = method.instructions.get(i).getOpcode();
            if (opcode == Opcodes.MONITORENTER) {
                after = Math.min(before + 1, MOST);
            } else if (opcode == Opcodes.MONITOREXIT) {
                after = Math.max(before - 1, 0);
            }
            for (int next : flow.successors(i)) {
                reach(next, after, held, work);
            }
            for (int next : flow.handlers(i)) {
                reach(next, before, held, work);
            }
        }
        return held;
    }

    private static void reach(int index, int count, int[] held, Deque<Integer> work) {
        if (count > held[index]) {
            held[index] = count;
            work.add(index);
        }
    }
}
