package io.corobridge.weaver.transform;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What a frame that was saved before still holds rightly: for each site, the locals that may have been written since the method
 * was resumed last, and those whose field may hold a reference.
 */
final class Changes {
    private record State(BitSet dirty, BitSet stored) {
        State copy() {
            return new State((BitSet) dirty.clone(), (BitSet) stored.clone());
        }

        boolean add(State other) {
            int before = dirty.cardinality() + stored.cardinality();
            dirty.or(other.dirty);
            stored.or(other.stored);
            return dirty.cardinality() + stored.cardinality() != before;
        }
    }

    private final ControlFlow flow;
    private final MethodPlan plan;
    private final @Nullable State[] before;
    private final Map<AbstractInsnNode, Site> sites = new IdentityHashMap<>();
    private final Deque<Integer> work = new ArrayDeque<>();

    Changes(ControlFlow flow, MethodPlan plan) {
        this.flow = flow;
        this.plan = plan;
        this.before = new State[flow.size()];
        for (Site site : plan.sites) {
            sites.put(site.call, site);
        }
    }

    void find() {
        for (Site site : plan.sites) {
            resume(site);
        }
        while (!work.isEmpty()) {
            int i = work.removeLast();
            State in = before[i];
            if (in == null) {
                continue;
            }
            State out = in.copy();
            write(plan.method.instructions.get(i), out.dirty);
            for (int next : flow.successors(i)) {
                reach(next, out);
            }
            for (int next : flow.handlers(i)) {
                reach(next, in);
                reach(next, out);
            }
        }
        for (Site site : plan.sites) {
            State at = before[plan.method.instructions.indexOf(site.call)];
            if (at != null) {
                site.dirty = at.dirty;
                site.stored = at.stored;
            }
        }
    }

    /** Being resumed at a site, the method has what it saved there. What it did not save counts as written. */
    private void resume(Site site) {
        State state = new State(new BitSet(), new BitSet());
        for (int slot = 0; slot < site.locals.size(); slot++) {
            if (!FrameLayout.isSaved(site, slot)) {
                state.dirty.set(slot);
            } else if (FrameLayout.isReference(site.locals.get(slot))) {
                state.stored.set(slot);
            }
        }
        state.dirty.set(site.locals.size(), plan.method.maxLocals + 1);
        int call = plan.method.instructions.indexOf(site.call);
        for (int next : flow.successors(call)) {
            reach(next, state);
        }
        for (int next : flow.handlers(call)) {
            reach(next, state);
        }
    }

    private void reach(int index, State state) {
        State known = before[index];
        if (known == null) {
            before[index] = state.copy();
            work.add(index);
        } else if (known.add(state)) {
            work.add(index);
        }
    }

    private static void write(AbstractInsnNode insn, BitSet dirty) {
        if (insn instanceof IincInsnNode increment) {
            dirty.set(increment.var);
        } else if (insn instanceof VarInsnNode local && ControlFlow.isStore(insn.getOpcode())) {
            dirty.set(local.var);
        }
    }
}
