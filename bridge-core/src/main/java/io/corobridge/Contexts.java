package io.corobridge;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Python's {@code aclosing}, {@code closing} and {@code nullcontext}: managers for {@code co.with(..)}. */
public final class Contexts {
    private Contexts() {}

    /**
     * Python's {@code aclosing(generator)}: the async generator is closed, and its clean-up awaited, however the block ends.
     *
     * @param <G> the kind of generator
     * @param generator handed to the block as it is
     * @return a manager to be used once
     */
    public static <G extends AsyncGenerator<?, ?>> AsyncContextManager<G> aclosing(G generator) {
        Objects.requireNonNull(generator, "generator");
        return new Closing<>(generator, generator::aclose);
    }

    /**
     * {@code aclosing(coroutine)}: the same for a coroutine that is stepped by hand, by the awaited close.
     *
     * @param <R> its result
     * @param coroutine handed to the block as it is
     * @return a manager to be used once
     */
    public static <R extends @Nullable Object> AsyncContextManager<Coroutine<R>> aclosing(Coroutine<R> coroutine) {
        Objects.requireNonNull(coroutine, "coroutine");
        return new Closing<>(coroutine, coroutine::aclose);
    }

    /**
     * Python's {@code closing(resource)}, for where an async manager is wanted; elsewhere, use try-with-resources.
     *
     * @param <C> the kind of resource
     * @param resource handed to the block as it is, and closed when the block has ended; what {@code close()} raises takes the
     *     place of what the block raised
     * @return a manager to be used once
     */
    public static <C extends AutoCloseable> AsyncContextManager<C> closing(C resource) {
        Objects.requireNonNull(resource, "resource");
        return new Closing<>(resource, () -> {
            try {
                resource.close();
                return Awaitables.ready(false);
            } catch (Exception e) {
                return Awaitables.failed(e);
            }
        });
    }

    /**
     * Python's {@code nullcontext(value)}: does nothing on either side.
     *
     * @param <T> what it hands to the block
     * @param value handed to the block
     * @return a manager that may be used any number of times
     */
    public static <T extends @Nullable Object> AsyncContextManager<T> nullcontext(T value) {
        return new Closing<>(value, () -> Awaitables.ready(false));
    }

    private record Closing<T extends @Nullable Object>(T value, Supplier<Awaitable<?>> close)
            implements AsyncContextManager<T> {
        @Override
        public Awaitable<T> aenter() {
            return Routine.coroutine("__aenter__", () -> new Entering<>(value));
        }

        @Override
        public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
            return Routine.coroutine("__aexit__", () -> new Leaving(close));
        }
    }

    private static final class Entering<T extends @Nullable Object> extends Routine<T> {
        private final T value;

        Entering(T value) {
            this.value = value;
        }

        @Override
        protected T step(@Nullable Object sent, @Nullable Throwable error) {
            return value;
        }
    }

    private static final class Leaving extends Routine<@Nullable Boolean> {
        private final Supplier<Awaitable<?>> close;
        private boolean begun;

        Leaving(Supplier<Awaitable<?>> close) {
            this.close = close;
        }

        @Override
        protected Boolean step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (!begun) {
                begun = true;
                return awaits(close.get());
            }
            if (error != null) {
                throw error;
            }
            return false;
        }
    }
}
