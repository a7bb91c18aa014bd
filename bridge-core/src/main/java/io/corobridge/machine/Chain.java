package io.corobridge.machine;

import io.corobridge.GeneratorExit;
import io.corobridge.Pending;
import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import io.corobridge.engine.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A machine with everything that it delegates to, outermost first, and the way to step the innermost directly: one step costs
 * the same at every depth, and no depth needs stack.
 *
 * <p>Other roots may step parts of the chain meanwhile. Each chain has a {@link #mark}, and the innermost machine carries the mark
 * of the chain that stepped it last: where the two agree and the machine is suspended, nobody has interfered and the path is
 * still right; otherwise it is walked again, once.
 *
 * <p>Closing goes from the innermost outwards. {@link #barrier} is the position of the machine that is being closed: it must end,
 * and then the one before it is closed. In the awaited close it may suspend first, and closing goes on at the next step.
 */
final class Chain extends Signal {
    private static final int NONE = -1;

    private final Machine root;
    private final Object mark = new Object();
    private Machine[] path;
    private int size = 1;
    private boolean known;
    private int barrier = NONE;
    private boolean patient;

    /** The exit that was raised by hand; the root gets this very instance (C16). */
    private @Nullable Throwable original;

    Chain(Machine root) {
        this.root = root;
        this.path = new Machine[] {root};
    }

    /** Whether the path is right as it stands: this chain was the last to step its innermost machine. */
    boolean isFresh() {
        Machine leaf = path[size - 1];
        return known && leaf.stamp == mark && leaf.state == Machine.SUSPENDED && !(leaf.sub instanceof Link);
    }

    /** Takes a step on the suspended root. */
    Outcome step(Link owner, Op op, @Nullable Object value, @Nullable Throwable error) {
        int busy = claimInnermost();
        if (busy == 0) {
            return root.raises(root.kind().alreadyExecuting());
        }
        this.value = value;
        this.error = error;
        if (op == Op.CLOSE || op == Op.ACLOSE) {
            patient = op == Op.ACLOSE && barrier == NONE;
            original = null;
            barrier = size - 1;
            raise(new GeneratorExit());
        } else if (error instanceof GeneratorExit) {
            patient = false;
            original = error;
            barrier = size - 1;
            if (barrier == 0) {
                openBarrierOfRaise();
            } else {
                raise(new GeneratorExit());
            }
        } else if (barrier >= size) {
            barrier = size - 1;
        }
        if (busy != NONE) {
            contended(busy);
        }
        return loop(owner);
    }

    /** A raise, unlike a close, lets the root itself yield in reply (B07). */
    private void openBarrierOfRaise() {
        if (barrier == 0 && original != null) {
            barrier = NONE;
        }
    }

    /** Goes on after the root has run by itself, for the first time, and did more than yield. */
    Outcome goOn(Link owner, Outcome outcome) {
        root.stamp = mark;
        known = true;
        Outcome end = react(owner, outcome);
        return end != null ? end : loop(owner);
    }

    /** Passes the signal to the innermost machine, again and again, until the chain yields or the root ends. */
    private Outcome loop(Link owner) {
        for (; ; ) {
            Machine leaf = path[size - 1];
            Object sub = leaf.sub;
            Outcome end;
            if (sub instanceof Link link) {
                // Not on the path, so it has ended or executes elsewhere.
                leaf.sub = null;
                link.bypass(this);
                delegationOver();
                continue;
            }
            if (!leaf.claim(root)) {
                contended(Math.max(1, outermostBusy(leaf)));
                continue;
            }
            leaf.stamp = mark;
            end = sub != null ? passOn(owner, leaf, sub) : react(owner, leaf.run(root, value, error));
            if (end != null) {
                return end;
            }
        }
    }

    /** An iterator that is not ours takes the signal before the body does; the body counts as running meanwhile (C20). */
    private @Nullable Outcome passOn(Link owner, Machine leaf, Object sub) {
        leaf.running(root);
        boolean yielded = Foreign.step(sub, this);
        leaf.suspended(linkTo(size - 1, owner));
        if (yielded) {
            return yielded(owner, value);
        }
        leaf.sub = null;
        return null;
    }

    /** Deals with how running the innermost body ended. Returns how the step ends, or null when it goes on. */
    private @Nullable Outcome react(Link owner, Outcome outcome) {
        Machine leaf = path[size - 1];
        Object payload = leaf.payload();
        switch (outcome) {
            case YIELDS:
                leaf.suspended(linkTo(size - 1, owner));
                if (leaf.kind() != Kind.ASYNC_GENERATOR) {
                    return yielded(owner, payload);
                }
                send(payload);
                return leave(owner, Outcome.YIELDS);
            case DELEGATES:
                return delegated(owner, leaf, payload);
            case RETURNS:
                leaf.end();
                send(payload);
                return leave(owner, Outcome.RETURNS);
            default:
                leaf.end();
                raise(leaf.kind().escaping(Objects.requireNonNull((Throwable) payload)));
                return leave(owner, Outcome.RAISES);
        }
    }

    private @Nullable Outcome delegated(Link owner, Machine leaf, @Nullable Object target) {
        send(null);
        Link own = linkTo(size - 1, owner);
        if (!(target instanceof Link link)) {
            leaf.suspended(own);
            leaf.sub = target;
            if (target instanceof AutoCloseable && !(target instanceof Pending<?>)) {
                leaf.closeWhenDropped(own);
            }
            return target instanceof Pending<?> ? yielded(owner, target) : null;
        }
        // The leaf counts as executing until the target is known to be free: it may be further out in this very chain.
        if (!link.enter(this)) {
            delegationOver();
        } else if (append(link)) {
            leaf.sub = target;
        }
        leaf.suspended(own);
        return null;
    }

    /** Appends a link's machine and, before anything is linked to it (a cycle would never end), what it delegates to. */
    private boolean append(Link link) {
        Machine next = link.machine();
        if (next.state != Machine.CREATED) {
            appendPathOf(next);
            return true;
        }
        if (!enterNew(link, next)) {
            return false;
        }
        push(next);
        return true;
    }

    /** What a delegation came to without a body that ran: a StopIteration is its end, with its value (C05, D33). */
    private void delegationOver() {
        if (error instanceof StopIteration stop) {
            send(stop.value());
        }
    }

    private boolean enterNew(Link link, Machine next) {
        try {
            next.enter();
            return true;
        } catch (RuntimeError noThread) {
            raise(noThread);
            link.ended(Outcome.RAISES, this);
            return false;
        }
    }

    /** The chain has a value for whoever steps it, unless the machine at the barrier must not suspend. */
    private @Nullable Outcome yielded(Link owner, @Nullable Object payload) {
        if (barrier == NONE || patient) {
            known = true;
            return root.suspends(payload);
        }
        RuntimeError ignored = linkTo(barrier, owner).ignoredExit();
        truncate(barrier + 1);
        known = false;
        if (barrier == 0) {
            barrier = NONE;
            return root.raises(ignored);
        }
        raise(ignored);
        detach();
        barrier--;
        openBarrierOfRaise();
        return null;
    }

    /** Takes the last machine off the path; its delegator gets the signal. */
    private void detach() {
        truncate(size - 1);
        path[size - 1].sub = null;
    }

    /** The last machine has ended, or its async generator has yielded: the signal goes to who delegated to it. */
    private @Nullable Outcome leave(Link owner, Outcome how) {
        Link link = linkTo(size - 1, owner);
        Outcome outcome = link.ended(how, this);
        boolean closed = barrier == size - 1;
        boolean quiet = outcome == Outcome.RETURNS || link.isQuiet(error);
        if (size == 1) {
            barrier = NONE;
            if (outcome == Outcome.RETURNS) {
                return root.returns(value);
            }
            return closed && quiet ? root.returns(null) : root.raises(error);
        }
        detach();
        if (closed) {
            barrier--;
            Throwable exit = barrier == 0 && original != null ? original : new GeneratorExit();
            openBarrierOfRaise();
            if (quiet) {
                raise(exit);
            }
        }
        return null;
    }

    private Link linkTo(int position, Link owner) {
        return position == 0 ? owner : (Link) Objects.requireNonNull(path[position - 1].sub);
    }

    private void find() {
        if (isFresh()) {
            return;
        }
        truncate(1);
        appendDelegates(root);
        known = true;
    }

    /**
     * Finds the way to the innermost machine and claims it. Another thread may step a part of this chain, or something that this
     * chain is a part of, until the claim has succeeded: then the way is looked for again.
     *
     * @return {@link #NONE}, or the position of the outermost machine that somebody else is stepping
     */
    private int claimInnermost() {
        for (; ; ) {
            find();
            Machine leaf = path[size - 1];
            Object stamp = leaf.stamp;
            Object sub = leaf.sub;
            if (leaf == root) {
                return NONE;
            }
            if (!leaf.claim(root)) {
                int busy = outermostBusy(leaf);
                if (busy != NONE) {
                    return busy;
                }
            } else if (leaf.state == Machine.SUSPENDED && leaf.stamp == stamp && leaf.sub == sub) {
                return NONE;
            } else {
                leaf.unclaim(root);
                known = false;
            }
        }
    }

    /** The position of the outermost machine that executes in the step that has this one; NONE when that step is over. */
    private int outermostBusy(Machine leaf) {
        Machine other = leaf.stepper();
        if (other == null) {
            return NONE;
        }
        Set<Machine> active = delegatesOf(other);
        for (int i = 0; i < size; i++) {
            if (active.contains(path[i])) {
                return i;
            }
        }
        return size - 1;
    }

    /** Somebody else steps the machine at a position: an error for the one that delegates to it (A20). */
    private void contended(int position) {
        raise(path[position].kind().alreadyExecuting());
        if (path[position - 1].sub instanceof Link link) {
            link.refused(this);
        }
        truncate(position + 1);
        detach();
        if (barrier != NONE) {
            barrier = size - 1;
        }
    }

    private void appendPathOf(Machine first) {
        Chain other = first.knownChain();
        if (other != null && other.isFresh()) {
            for (int i = 0; i < other.size; i++) {
                push(other.path[i]);
            }
            return;
        }
        push(first);
        appendDelegates(first);
    }

    /** Appends what a suspended machine delegates to, down to the innermost that can be stepped. */
    private void appendDelegates(Machine from) {
        Set<Machine> active = activePath(from);
        Machine next = from;
        while (next.sub instanceof Link link && !link.isOver()) {
            next = link.machine();
            if (next.state != Machine.SUSPENDED || active.contains(next)) {
                return;
            }
            push(next);
        }
    }

    private void push(Machine machine) {
        if (size == path.length) {
            path = Arrays.copyOf(path, Math.max(8, size * 2));
        }
        path[size++] = machine;
    }

    private void truncate(int length) {
        Arrays.fill(path, length, size, null);
        size = length;
    }

    /** Whether the innermost body below this machine executes, in a step that was taken on it or further out. */
    static boolean isOnActivePath(Machine machine) {
        return activePath(machine).contains(machine);
    }

    /** The machines that count as running because the innermost body below {@code from} executes (C11); mostly none. */
    private static Set<Machine> activePath(Machine from) {
        Machine end = innermost(from);
        // Delegating to nobody that is alive, it waits for nobody; it is executing only in the step that asks.
        if (end == from || !end.isExecuting()) {
            return Set.of();
        }
        Machine stepper = end.stepper();
        return delegatesOf(stepper != null ? stepper : end);
    }

    /** A machine with all that it delegates to. */
    private static Set<Machine> delegatesOf(Machine from) {
        Set<Machine> all = Collections.newSetFromMap(new IdentityHashMap<>());
        Machine next = from;
        while (all.add(next) && next.sub instanceof Link link && !link.isOver()) {
            next = link.machine();
        }
        return all;
    }

    private static Machine innermost(Machine from) {
        Machine end = from;
        while (end.sub instanceof Link link && !link.isOver()) {
            end = link.machine();
        }
        return end;
    }
}
