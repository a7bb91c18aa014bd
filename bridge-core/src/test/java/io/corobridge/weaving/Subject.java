package io.corobridge.weaving;

import io.corobridge.AsyncGenerator;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import org.jspecify.annotations.Nullable;

/** A coroutine, generator or async generator that is stepped by hand; each step and the state after it is written down. */
abstract class Subject {
    private final Trace trace;

    /** What the last step gave. */
    @Nullable
    Object last;

    private Subject(Trace trace) {
        this.trace = trace;
    }

    static Subject of(Object made, Trace trace) {
        if (made instanceof Coroutine<?> coroutine) {
            return new OfCoroutine(coroutine, trace);
        }
        if (made instanceof Generator<?, ?, ?> generator) {
            return new OfGenerator(generator, trace);
        }
        return new OfAsyncGenerator((AsyncGenerator<?, ?>) made, trace);
    }

    abstract boolean isSuspended();

    abstract String state();

    abstract @Nullable Object go(@Nullable Object answer) throws Exception;

    abstract @Nullable Object raise(Throwable error) throws Exception;

    abstract @Nullable Object close() throws Exception;

    /** The awaited close, driven to its end. */
    abstract @Nullable Object aclose() throws Exception;

    /** What a well-meaning driver sends now. */
    @Nullable
    Object answer(int number) {
        return last instanceof Ask<?> ask ? ask.answer() : null;
    }

    final void step(Action action, int number) {
        String what = action + " ";
        Throwable raised = action.raises() ? action.error(number) : null;
        try {
            last = raised != null ? raise(raised) : act(action, number);
            trace.add(what + "-> " + Shown.value(last));
        } catch (StopIteration stop) {
            last = null;
            trace.add(what + "returned " + Shown.value(stop.value()));
        } catch (StopAsyncIteration stop) {
            last = null;
            trace.add(what + "ended");
        } catch (Throwable error) {
            last = null;
            trace.add(what + (error == raised ? "the same " : ""), error);
        }
        trace.add(state());
    }

    private @Nullable Object act(Action action, int number) throws Exception {
        return switch (action) {
            case NOTHING -> go(null);
            case WRONG -> go(isSuspended() ? new Action.Stranger(number) : null);
            case CLOSE -> close();
            case ACLOSE -> aclose();
            default -> go(isSuspended() ? answer(number) : null);
        };
    }

    /** Ends a body that was left half-way, so that it gives its thread back. */
    final void exhaust() {
        for (int i = 0; i < 100 && isSuspended(); i++) {
            try {
                close();
            } catch (Throwable ignored) {
                // It ended, or has to be told again.
            }
        }
    }

    /** The place where it is suspended, if that is in the classes under test. */
    final String at(@Nullable StackTraceElement frame) {
        return frame == null || frame.getLineNumber() < 0 ? "" : " at " + trace.place(frame);
    }

    final @Nullable Object driven(Awaitable<?> awaitable) throws Exception {
        AwaitIterator<?> iterator = awaitable.awaitIterator();
        try {
            Object yielded = iterator.next();
            while (true) {
                trace.add("meanwhile " + Shown.value(yielded));
                yielded = send(iterator, yielded instanceof Ask<?> ask ? ask.answer() : null);
            }
        } catch (StopIteration stop) {
            return stop.value();
        }
    }

    static @Nullable Object send(AwaitIterator<?> iterator, @Nullable Object value) {
        return value == null ? iterator.next() : ((AwaitIterator.Sends) iterator).send(value);
    }

    private static final class OfCoroutine extends Subject {
        private final Coroutine<?> coroutine;

        OfCoroutine(Coroutine<?> coroutine, Trace trace) {
            super(trace);
            this.coroutine = coroutine;
        }

        @Override
        boolean isSuspended() {
            return coroutine.isSuspended();
        }

        @Override
        String state() {
            return coroutine.state() + " " + (coroutine.awaiting() != null) + at(coroutine.frame());
        }

        @Override
        @Nullable
        Object go(@Nullable Object answer) {
            return coroutine.send(answer);
        }

        @Override
        @Nullable
        Object raise(Throwable error) {
            return coroutine.raise(error);
        }

        @Override
        @Nullable
        Object close() {
            return coroutine.closeAndReturn();
        }

        @Override
        @Nullable
        Object aclose() throws Exception {
            return driven(coroutine.aclose());
        }
    }

    private static final class OfGenerator extends Subject {
        private final Generator<?, Object, ?> generator;

        @SuppressWarnings("unchecked")
        OfGenerator(Generator<?, ?, ?> generator, Trace trace) {
            super(trace);
            this.generator = (Generator<?, Object, ?>) generator;
        }

        @Override
        boolean isSuspended() {
            return generator.isSuspended();
        }

        @Override
        String state() {
            return generator.state() + " " + (generator.yieldingFrom() != null) + at(generator.frame());
        }

        @Override
        Object answer(int number) {
            return number;
        }

        @Override
        @Nullable
        Object go(@Nullable Object answer) {
            return generator.send(answer);
        }

        @Override
        @Nullable
        Object raise(Throwable error) {
            return generator.raise(error);
        }

        @Override
        @Nullable
        Object close() {
            return generator.closeAndReturn();
        }

        @Override
        @Nullable
        Object aclose() {
            return close();
        }
    }

    /** Stands either at a yield or, while {@link #step} is there, at an await. */
    private static final class OfAsyncGenerator extends Subject {
        private final AsyncGenerator<?, Object> generator;
        private @Nullable AwaitIterator<?> step;

        @SuppressWarnings("unchecked")
        OfAsyncGenerator(AsyncGenerator<?, ?> generator, Trace trace) {
            super(trace);
            this.generator = (AsyncGenerator<?, Object>) generator;
        }

        @Override
        boolean isSuspended() {
            return generator.isSuspended() || step != null;
        }

        @Override
        String state() {
            return generator.state() + " " + (generator.awaiting() != null) + at(generator.frame());
        }

        @Override
        @Nullable
        Object answer(int number) {
            return step != null ? super.answer(number) : number;
        }

        @Override
        @Nullable
        Object go(@Nullable Object answer) throws Exception {
            AwaitIterator<?> current = step;
            return current != null ? within(() -> send(current, answer)) : begin(generator.asend(answer));
        }

        @Override
        @Nullable
        Object raise(Throwable error) throws Exception {
            AwaitIterator<?> current = step;
            return current != null
                    ? within(() -> ((AwaitIterator.Raises) current).raise(error))
                    : begin(generator.athrow(error));
        }

        @Override
        @Nullable
        Object close() throws Exception {
            AwaitIterator<?> current = step;
            if (current == null) {
                return begin(generator.aclose());
            }
            step = null;
            ((AutoCloseable) current).close();
            return null;
        }

        @Override
        @Nullable
        Object aclose() throws Exception {
            close();
            return driven(generator.aclose());
        }

        private @Nullable Object begin(Awaitable<?> awaitable) throws Exception {
            AwaitIterator<?> begun = awaitable.awaitIterator();
            step = begun;
            return within(begun::next);
        }

        /** The step goes on while it yields, and its result is what the generator yields. */
        private @Nullable Object within(java.util.concurrent.Callable<@Nullable Object> part) throws Exception {
            try {
                return part.call();
            } catch (StopIteration stop) {
                step = null;
                return stop.value();
            } catch (Throwable error) {
                step = null;
                throw error;
            }
        }
    }
}
