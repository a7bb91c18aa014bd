package io.corobridge.streams;

import io.corobridge.CancelledError;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.GeneratorState;
import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A subscriber that feeds a generator: send for each element, raise for the error, close for completion. What becomes of yields
 * and of the result is for the subclasses; {@link #held} decides which terminal signal the subscriber gets.
 *
 * <p>The source signals one at a time; the subscriber may stop the run from any thread, while the generator runs too. Of all
 * these, one at a time {@link #enter}s and has the generator and the ordinary signals to itself. Whoever stops the run and finds
 * it entered leaves the rest to the other's {@link #leave}; after that nobody enters any more.
 *
 * @param <S> what is sent
 * @param <Y> what is yielded
 * @param <R> what is returned
 * @param <A> what goes downstream
 */
public abstract sealed class Feed<S, Y, R, A> implements Subscriber<S>, Subscription permits FeedElements, FeedResult {
    final Subscriber<? super A> actual;
    final HeldResult<A> held;
    private final Hooks hooks;
    private final Generator<? extends Y, ? super S, ? extends R> generator;

    /** Zero when nobody has entered; publishes the generator and what it has done. */
    private final AtomicInteger entries = new AtomicInteger();

    /** Set in {@link #onSubscribe}, before anybody can cancel. */
    private @Nullable Subscription upstream;

    private volatile boolean cancelled;

    /** Says that {@link #refusal} may be there. */
    private volatile boolean stopped;

    private @Nullable RuntimeException refusal;

    /** Of the source's thread: its signals are over, or nobody wants them. */
    private boolean done;

    Feed(Subscriber<? super A> actual, Generator<? extends Y, ? super S, ? extends R> generator, Hooks hooks) {
        this.actual = actual;
        this.held = new HeldResult<>(actual, hooks);
        this.generator = generator;
        this.hooks = hooks;
    }

    /**
     * Makes a generator that stands at its first yield.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     * @param <R> what it returns
     * @param function makes the generator, which is advanced if it is not primed
     * @return the generator
     * @throws StopIteration when it returns without a yield
     * @throws RuntimeError when it has ended before
     */
    public static <Y, S, R> Generator<? extends Y, ? super S, ? extends R> open(
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function) {
        Generator<? extends Y, ? super S, ? extends R> made =
                Objects.requireNonNull(function.get(), "the function returned null instead of a generator");
        if (made.state() == GeneratorState.CLOSED) {
            throw new RuntimeError("cannot feed a generator that has ended");
        }
        if (made.state() == GeneratorState.CREATED) {
            made.next();
        }
        return made;
    }

    /** The generator has answered an element. */
    abstract void yielded(Y value);

    /** The generator has answered the source's error by yielding, and was closed then: this is the last element. */
    abstract void recovered(Y value, @Nullable R result);

    /** The generator has returned. */
    abstract void returned(@Nullable R result);

    /** There is demand; {@code n} is positive. */
    abstract void requested(long n);

    @Override
    public final void onSubscribe(Subscription offered) {
        Objects.requireNonNull(offered, "onSubscribe(null): §2.13");
        if (upstream != null) {
            offered.cancel();
            return;
        }
        upstream = offered;
        actual.onSubscribe(this);
    }

    @Override
    public final void onNext(S element) {
        if (element == null) {
            throw broken("onNext(null)");
        }
        if (done) {
            late(element);
        } else if (enter()) {
            try {
                send(element);
            } finally {
                leave();
            }
        } else {
            discard(element);
        }
    }

    /**
     * Called for an element that comes after the end of the source or of the generator.
     *
     * @param element the element
     */
    protected void late(S element) {
        discard(element);
    }

    private void send(S element) {
        Y reply;
        try {
            reply = generator.send(element);
        } catch (Throwable ending) {
            abandonSource();
            ended(ending);
            return;
        }
        if (stopped) {
            discard(reply);
            return;
        }
        try {
            yielded(reply);
        } catch (Throwable error) {
            // §2.13 forbids it; the generator is closed, and is not to blame.
            abandonSource();
            held.end();
            closeGenerator();
            drop(error);
        }
    }

    @Override
    public final void onError(Throwable error) {
        if (error == null) {
            throw broken("onError(null)");
        }
        if (done || !enter()) {
            drop(error);
            return;
        }
        done = true;
        try {
            raise(error);
        } finally {
            leave();
        }
    }

    /** What the rules have thrown at the publisher is raised in the generator as well: it may not signal any more. */
    private NullPointerException broken(String signal) {
        NullPointerException error = Demand.nullSignal(signal, "a publisher");
        if (!done) {
            cancelUpstream();
            onError(error);
        }
        return error;
    }

    private void raise(Throwable error) {
        Y reply;
        try {
            reply = generator.raise(error);
        } catch (Throwable ending) {
            ended(ending);
            return;
        }
        R result;
        try {
            result = generator.closeAndReturn();
        } catch (Throwable ending) {
            discard(reply);
            ended(ending);
            return;
        }
        if (stopped) {
            discard(reply);
            discard(result);
        } else {
            recovered(reply, result);
        }
    }

    @Override
    public final void onComplete() {
        if (done || !enter()) {
            return;
        }
        done = true;
        try {
            finish();
        } finally {
            leave();
        }
    }

    private void finish() {
        R result;
        try {
            result = generator.closeAndReturn();
        } catch (Throwable ending) {
            ended(ending);
            return;
        }
        result(result);
    }

    /** The generator has returned or raised. */
    @SuppressWarnings("unchecked")
    private void ended(Throwable ending) {
        if (ending instanceof StopIteration stop) {
            result((R) stop.value());
        } else if (stopped) {
            dropUnlessExit(ending);
        } else {
            held.fail(ending);
        }
    }

    private void result(@Nullable R result) {
        if (stopped) {
            discard(result);
        } else {
            returned(result);
        }
    }

    /** Fails because the generator's reply cannot be delivered. */
    final void failAfterReply(Throwable error) {
        abandonSource();
        closeGenerator();
        held.fail(error);
    }

    private void abandonSource() {
        done = true;
        cancelUpstream();
    }

    @Override
    public final void request(long n) {
        if (n > 0) {
            requested(n);
        } else if (!held.isOver()) {
            refusal = Demand.refused(n);
            stop();
        }
    }

    @Override
    public final void cancel() {
        cancelled = true;
        if (held.end()) {
            stop();
        }
    }

    private void stop() {
        stopped = true;
        cancelUpstream();
        if (entries.getAndIncrement() == 0) {
            shutDown();
        }
    }

    private boolean enter() {
        return !stopped && entries.getAndIncrement() == 0;
    }

    private void leave() {
        if (entries.decrementAndGet() != 0) {
            shutDown();
        }
    }

    private void shutDown() {
        closeGenerator();
        RuntimeException refused = refusal;
        if (refused != null && held.end()) {
            actual.onError(refused);
        }
    }

    private void closeGenerator() {
        try {
            discard(generator.closeAndReturn());
        } catch (Throwable error) {
            dropUnlessExit(error);
        }
    }

    private void cancelUpstream() {
        requireUpstream().cancel();
    }

    final void requestUpstream(long n) {
        requireUpstream().request(n);
    }

    private Subscription requireUpstream() {
        return Objects.requireNonNull(upstream, "onSubscribe was not called: §1.9");
    }

    private void dropUnlessExit(Throwable error) {
        if (!(error instanceof GeneratorExit || error instanceof CancelledError)) {
            drop(error);
        }
    }

    private void drop(Throwable error) {
        hooks.drop(error);
    }

    final void discard(@Nullable Object value) {
        if (value != null) {
            hooks.discard(value);
        }
    }

    /**
     * What feeds it.
     *
     * @return the subscription to the source; null before there is one
     */
    public final @Nullable Subscription upstream() {
        return upstream;
    }

    /**
     * Whether the subscriber has cancelled.
     *
     * @return true after {@link #cancel()}
     */
    public final boolean isCancelled() {
        return cancelled;
    }

    /**
     * Whether the subscriber gets nothing more.
     *
     * @return true after a terminal signal or a cancel
     */
    public final boolean isOver() {
        return held.isOver();
    }
}
