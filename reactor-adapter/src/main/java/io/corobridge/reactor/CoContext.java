package io.corobridge.reactor;

import io.corobridge.AsyncContextManager;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.ContextVar;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The Reactor {@link Context} inside a body: the one of its subscriber, read with {@link #current}, and changed for what the body
 * awaits from then on with {@link #put}, {@link #set} or {@code co.with(CoContext.write(..), ..)}.
 *
 * <p>It is held by a {@link ContextVar context variable}, so it goes where those go: into awaited coroutines and generators, and as a
 * copy into tasks. What a body awaits or loops over with {@code co.await(publisher)} and {@code co.each(publisher)} is subscribed to
 * with it. As in Reactor, a change goes upstream only: whoever has subscribed to the body does not see it.
 *
 * <p>Where Micrometer's context-propagation library is present, and the Context is not empty, the thread-locals that are registered there
 * are set from it before each step of the body and restored after. Those that the Context has no value for are cleared meanwhile, so that
 * no value of another request is seen on the thread that resumes. A change of the Context shows in them from the next step on; a change that
 * the body makes to a thread-local lasts until it suspends. A body that is not woven sees them as well, on its own thread.
 *
 * <p>Safe on every thread; which Context there is depends on the body that is running.
 */
public final class CoContext {
    private static final ContextVar<Context> CURRENT = ContextVar.of("reactor.context", Context.empty());

    private CoContext() {}

    /**
     * The Context of the running body.
     *
     * @return the subscriber's, with what the body has changed; empty outside of bodies
     */
    public static Context current() {
        return CURRENT.get();
    }

    /**
     * Replaces the Context.
     *
     * @param context what is awaited sees from now on
     * @return for {@link #reset}
     */
    public static ContextVar.Token<Context> set(ContextView context) {
        Context changed = Context.of(Objects.requireNonNull(context, "context"));
        ContextVar.Token<Context> token = CURRENT.set(changed);
        ThreadLocals.follow(io.corobridge.Context.current());
        return token;
    }

    /**
     * Changes one value of the Context.
     *
     * @param key its key
     * @param value its new value
     * @return for {@link #reset}
     */
    public static ContextVar.Token<Context> put(Object key, Object value) {
        return set(current().put(key, value));
    }

    /**
     * Undoes a change.
     *
     * @param token what the change has returned
     * @throws io.corobridge.RuntimeError when it was undone before
     * @throws io.corobridge.ValueError when it was made in another body that does not share its context variables
     */
    public static void reset(ContextVar.Token<Context> token) {
        CURRENT.reset(token);
    }

    /**
     * The twin of {@code contextWrite} for a block: {@code co.with(CoContext.write(c -> c.put("user", user)), c -> ..)}.
     *
     * @param change makes the Context of the block, which is what the block is given
     * @return a manager to be used once
     */
    public static AsyncContextManager<Context> write(Function<? super Context, ? extends ContextView> change) {
        return new Writing(Objects.requireNonNull(change, "change"));
    }

    /** What a run for a subscriber sees: a copy of the current variables, with its Context. Null when there is nothing to see. */
    static io.corobridge.@Nullable Context of(Context reactor) {
        if (reactor.isEmpty() && current().isEmpty()) {
            return null;
        }
        io.corobridge.Context own = io.corobridge.Context.copyContext();
        own.run(() -> CURRENT.set(reactor));
        ThreadLocals.follow(own);
        return own;
    }

    private static final class Writing implements AsyncContextManager<Context> {
        private final Function<? super Context, ? extends ContextView> change;
        private ContextVar.@Nullable Token<Context> token;

        Writing(Function<? super Context, ? extends ContextView> change) {
            this.change = change;
        }

        @Override
        public Awaitable<Context> aenter() {
            token = set(change.apply(current()));
            return Awaitables.ready(current());
        }

        @Override
        public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
            reset(Objects.requireNonNull(token, "entered"));
            return Awaitables.ready(false);
        }
    }
}
