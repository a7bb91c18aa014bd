package io.corobridge.asyncio;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorHooks;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.Routine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The async generators that were begun while a loop ran: it closes those that are dropped, and at last those that are left.
 *
 * <p>Confined to whoever runs the loop; only {@link #dropped} is called from another thread.
 */
final class LoopGenerators {
    private final EventLoop loop;
    private final AsyncGeneratorHooks hooks = new AsyncGeneratorHooks(this::begun, this::dropped);
    private final Set<AsyncGenerator<?, ?>> begun = Collections.newSetFromMap(new WeakHashMap<>());

    LoopGenerators(EventLoop loop) {
        this.loop = loop;
    }

    AsyncGeneratorHooks hooks() {
        return hooks;
    }

    private void begun(AsyncGenerator<?, ?> generator) {
        begun.add(generator);
    }

    /** A loop that is closed lets go of the generator, which is closed without its help then. */
    private void dropped(AsyncGenerator<?, ?> generator) {
        loop.callSoonIfOpen(() -> loop.createTask(closing(generator)));
    }

    private static Coroutine<@Nullable Void> closing(AsyncGenerator<?, ?> generator) {
        return Routine.awaiting("aclose", () -> generator.aclose().awaitIterator());
    }

    Coroutine<@Nullable Void> shutdown() {
        return Routine.coroutine("shutdown_asyncgens", Shutdown::new);
    }

    private final class Shutdown extends Routine<@Nullable Void> {
        private List<AsyncGenerator<?, ?>> closing = List.of();

        @Override
        @SuppressWarnings("NullAway") // the result is @Nullable Void
        protected Void step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (error != null) {
                throw error;
            }
            if (value instanceof List<?> results) {
                report(results);
                return null;
            }
            if (begun.isEmpty()) {
                return null;
            }
            closing = new ArrayList<>(begun);
            begun.clear();
            return awaits(Asyncio.gatherReturningExceptions(
                    closing.stream().map(LoopGenerators::closing).toArray(Awaitable<?>[]::new)));
        }

        private void report(List<?> results) {
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof Exception error) {
                    loop.callExceptionHandler(new ExceptionContext(
                            "an error occurred during closing of asynchronous generator " + closing.get(i),
                            error,
                            closing.get(i)));
                }
            }
        }
    }
}
