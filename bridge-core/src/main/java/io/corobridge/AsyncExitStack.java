package io.corobridge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code AsyncExitStack}: managers and callbacks that are added while the block runs, and left in reverse when it ends.
 *
 * <p>Used with {@code co.with(new AsyncExitStack(), stack -> ..)}; whatever is on it is left however the block ends, each one told
 * of the exception that the ones above it left over. Single use. Confined to the body that uses it.
 */
public final class AsyncExitStack implements AsyncContextManager<AsyncExitStack> {
    /** What {@code push} takes: the exit of a manager without an entry. */
    @FunctionalInterface
    public interface AsyncExit {
        /**
         * Python's {@code __aexit__}.
         *
         * @param error what the block, or an exit above this one, has raised; null for nothing
         * @return an awaitable; true swallows {@code error}
         * @throws Exception raised as if by the awaitable
         */
        Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) throws Exception;
    }

    private Deque<AsyncExit> exits = new ArrayDeque<>();

    /** Makes an empty stack. */
    public AsyncExitStack() {}

    /**
     * Python's {@code enter_async_context}: enters a manager and, when that has not raised, puts its exit on the stack.
     *
     * @param <T> what the manager hands out
     * @param manager what to enter
     * @return to be awaited once; results in what the manager hands out
     */
    public <T extends @Nullable Object> Coroutine<T> enterAsyncContext(AsyncContextManager<T> manager) {
        if (manager == null) {
            throw new TypeError("'NoneType' object does not support the asynchronous context manager protocol");
        }
        return Routine.coroutine("enter_async_context", () -> new Entering<>(this, manager));
    }

    /**
     * Python's {@code push_async_exit}: puts an exit on the stack that has no entry; for a manager, {@code manager::aexit}.
     *
     * @param exit called when the block has ended
     */
    public void pushAsyncExit(AsyncExit exit) {
        exits.push(Objects.requireNonNull(exit, "exit"));
    }

    /**
     * Python's {@code push_async_callback}: puts something on the stack that is awaited when the block has ended; it cannot swallow.
     *
     * @param callback makes what is awaited
     */
    public void pushAsyncCallback(Supplier<? extends Awaitable<?>> callback) {
        Objects.requireNonNull(callback, "callback");
        exits.push(error -> Routine.coroutine("callback", () -> new Calling(callback)));
    }

    /**
     * Python's {@code enter_context(closing(resource))}: closes a resource when the block has ended.
     *
     * @param <C> the kind of resource
     * @param resource what to close
     * @return the same resource
     */
    public <C extends AutoCloseable> C push(C resource) {
        exits.push(Contexts.closing(resource)::aexit);
        return resource;
    }

    /**
     * Python's {@code pop_all}: hands everything that is on this stack over to a new one, to be left by that.
     *
     * @return a new stack; this one is empty then
     */
    public AsyncExitStack popAll() {
        AsyncExitStack other = new AsyncExitStack();
        other.exits = exits;
        exits = new ArrayDeque<>();
        return other;
    }

    /**
     * Python's {@code aclose}: leaves everything that is on the stack now.
     *
     * @return to be awaited once
     */
    public Awaitable<@Nullable Boolean> aclose() {
        return aexit(null);
    }

    @Override
    public Awaitable<AsyncExitStack> aenter() {
        return Awaitables.ready(this);
    }

    /** An exception that an exit raises takes the place of the one it was told of, which it keeps as suppressed (E07). */
    @Override
    public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
        return Routine.coroutine("__aexit__", () -> new Leaving(this, error));
    }

    private static final class Entering<T extends @Nullable Object> extends Routine<T> {
        private final AsyncExitStack stack;
        private final AsyncContextManager<T> manager;
        private boolean begun;

        Entering(AsyncExitStack stack, AsyncContextManager<T> manager) {
            this.stack = stack;
            this.manager = manager;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
        protected T step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (!begun) {
                begun = true;
                return awaits(manager.aenter());
            }
            if (error != null) {
                throw error;
            }
            stack.pushAsyncExit(manager::aexit);
            return (T) value;
        }
    }

    private static final class Calling extends Routine<Boolean> {
        private final Supplier<? extends Awaitable<?>> callback;
        private boolean begun;

        Calling(Supplier<? extends Awaitable<?>> callback) {
            this.callback = callback;
        }

        @Override
        protected Boolean step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (!begun) {
                begun = true;
                return awaits(callback.get());
            }
            if (error != null) {
                throw error;
            }
            return false;
        }
    }

    private static final class Leaving extends Routine<Boolean> {
        private final AsyncExitStack stack;
        private final boolean told;
        private boolean begun;

        /** What the next exit is told of. */
        private @Nullable Throwable pending;

        /** Whether it was raised here, and not in the block. */
        private boolean raisedHere;

        private boolean swallowed;

        Leaving(AsyncExitStack stack, @Nullable Throwable error) {
            this.stack = stack;
            this.pending = error;
            this.told = error != null;
        }

        @Override
        protected Boolean step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (begun) {
                took(value, error);
            }
            begun = true;
            for (AsyncExit exit = stack.exits.poll(); exit != null; exit = stack.exits.poll()) {
                try {
                    return awaits(exit.aexit(pending));
                } catch (Throwable e) {
                    took(null, e);
                }
            }
            Throwable left = pending;
            if (raisedHere && left != null) {
                throw left;
            }
            return told && swallowed;
        }

        private void took(@Nullable Object value, @Nullable Throwable error) {
            if (error != null) {
                Throwable before = pending;
                if (before != null && before != error) {
                    error.addSuppressed(before);
                }
                pending = error;
                raisedHere = true;
            } else if (Boolean.TRUE.equals(value)) {
                pending = null;
                raisedHere = false;
                swallowed = true;
            }
        }
    }
}
