package io.corobridge.sight;

import io.corobridge.machine.BodyAction;
import io.corobridge.machine.BodyTrace;
import io.corobridge.machine.Tracing;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records what bodies do: each start, value, exception, close, yield, await and end.
 *
 * <p>A tracer hears of the coroutines, generators and async generators that are made while it is open. It keeps none of them alive. As long as
 * there is no tracer, nothing in a step looks for one; {@code docs/sight.md} has figures.
 *
 * <pre>{@code
 * Timeline timeline = new Timeline();
 * try (Tracer tracer = Tracer.start(timeline)) {
 *     Asyncio.run(main());
 * }
 * System.out.println(timeline.text());
 * }</pre>
 *
 * <p>May be opened and closed on any thread. A coroutine that was closed before it began has done nothing, and is not heard of.
 */
public final class Tracer implements AutoCloseable {
    private final Tracing tracing;

    private Tracer(Tracing tracing) {
        this.tracing = tracing;
    }

    /**
     * Traces all bodies that are made from now on.
     *
     * @param listener is told
     * @return to be closed
     */
    public static Tracer start(TraceListener listener) {
        return start(name -> true, listener);
    }

    /**
     * Traces bodies with certain names that are made from now on.
     *
     * @param names chooses them by the class they were written in and their names, as {@code qualifiedName()} tells; called when one is made
     * @param listener is told
     * @return to be closed
     */
    public static Tracer start(Predicate<? super String> names, TraceListener listener) {
        Tracing tracing = new Telling(names, listener);
        tracing.register();
        return new Tracer(tracing);
    }

    /** The listener is told nothing any more. */
    @Override
    public void close() {
        tracing.unregister();
    }

    private static final class Telling extends Tracing {
        private final TraceListener listener;

        Telling(Predicate<? super String> names, TraceListener listener) {
            super(names);
            this.listener = listener;
        }

        @Override
        protected void did(BodyTrace body, BodyAction action, @Nullable Object value) {
            BodyTrace awaited = action == BodyAction.AWAIT ? BodyTrace.of(value) : null;
            listener.happened(new TraceEvent(
                    System.nanoTime(),
                    Thread.currentThread().getName(),
                    body.id(),
                    BodyKind.valueOf(body.kind().name()),
                    body.name(),
                    TraceEvent.Action.valueOf(action.name()),
                    value,
                    awaited == null ? 0 : awaited.id()));
        }
    }
}
