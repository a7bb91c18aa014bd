package io.corobridge.reactor;

import io.corobridge.Generator;
import io.corobridge.GeneratorState;
import io.corobridge.StopIteration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A subscriber that feeds a generator: send for each element, raise for the error, close for completion. What becomes of yields
 * and of the result is for the subclasses.
 *
 * <p>The source signals one at a time; a cancel may come from any thread, while the generator runs too. {@link #steps} lets only
 * one of them step it: whoever finds it busy leaves the close to the other.
 */
abstract class Feed<S, Y, R, A> implements CoreSubscriber<S>, Subscription, Scannable {
    final CoreSubscriber<? super A> actual;
    private final Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function;
    private final AtomicInteger steps = new AtomicInteger();

    /** Set in {@link #onSubscribe}, before anybody can cancel. */
    private @Nullable Subscription upstream;

    private @Nullable Generator<? extends Y, ? super S, ? extends R> generator;
    private volatile boolean cancelled;
    private boolean done;

    Feed(
            CoreSubscriber<? super A> actual,
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function) {
        this.actual = actual;
        this.function = function;
    }

    /** The generator has answered an element. */
    abstract void yielded(Y value);

    /** The generator has answered the source's error by yielding, and was closed then: this is the last element. */
    abstract void recovered(Y value, @Nullable R result);

    /** The generator has returned. */
    abstract void returned(@Nullable R result);

    /** The generator has raised. */
    abstract void failed(Throwable error);

    /** The subscriber has cancelled. */
    abstract void cancelled();

    @Override
    public final void onSubscribe(Subscription offered) {
        if (!Operators.validate(upstream, offered)) {
            return;
        }
        upstream = offered;
        actual.onSubscribe(this);
    }

    /** Makes the generator and advances it to its first yield, when the first signal arrives. */
    private Generator<? extends Y, ? super S, ? extends R> generator() {
        Generator<? extends Y, ? super S, ? extends R> fed = generator;
        if (fed == null) {
            fed = Objects.requireNonNull(function.get(), "the function returned null instead of a generator");
            generator = fed;
            if (fed.state() == GeneratorState.CREATED) {
                fed.next();
            }
        }
        return fed;
    }

    @Override
    public final void onNext(S element) {
        if (done) {
            Operators.onNextDropped(element, currentContext());
            return;
        }
        if (!enter()) {
            Operators.onDiscard(element, currentContext());
            return;
        }
        Y reply;
        try {
            reply = generator().send(element);
        } catch (Throwable ending) {
            done = true;
            cancelUpstream();
            end(ending);
            return;
        }
        if (leave()) {
            yielded(reply);
        } else {
            discardReply(reply);
        }
    }

    @Override
    public final void onError(Throwable error) {
        if (done || !enter()) {
            drop(error);
            return;
        }
        done = true;
        Y reply;
        R result;
        try {
            reply = generator().raise(error);
            result = generator().closeAndReturn();
        } catch (Throwable ending) {
            end(ending);
            return;
        }
        if (leave()) {
            recovered(reply, result);
        } else {
            discardReply(reply);
        }
    }

    @Override
    public final void onComplete() {
        if (done || !enter()) {
            return;
        }
        done = true;
        R result;
        try {
            result = generator().closeAndReturn();
        } catch (Throwable ending) {
            end(ending);
            return;
        }
        if (leave()) {
            returned(result);
        }
    }

    /** The generator has returned or raised instead of yielding. */
    @SuppressWarnings("unchecked")
    private void end(Throwable ending) {
        boolean wanted = leave();
        if (ending instanceof StopIteration stop) {
            if (wanted) {
                returned((R) stop.value());
            }
        } else if (wanted) {
            failed(ending);
        } else {
            drop(ending);
        }
    }

    final void drop(Throwable error) {
        Operators.onErrorDropped(error, currentContext());
    }

    private void discardReply(@Nullable Y reply) {
        if (reply != null) {
            Operators.onDiscard(reply, currentContext());
        }
    }

    /** Gives up because the generator's reply cannot be delivered. */
    final void closeAfter(Throwable error) {
        done = true;
        cancelUpstream();
        if (enter()) {
            closeGenerator();
            if (leave()) {
                failed(error);
            }
        }
    }

    /** Begins a step. Returns false when a cancel came before, which then closes the generator. */
    private boolean enter() {
        return !cancelled && steps.getAndIncrement() == 0;
    }

    /** Ends a step. Returns false when a cancel came meanwhile; the generator is closed, here or by who cancels. */
    private boolean leave() {
        if (steps.decrementAndGet() != 0) {
            closeGenerator();
            return false;
        }
        return !cancelled;
    }

    @Override
    public final void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        cancelled();
        cancelUpstream();
        if (steps.getAndIncrement() == 0) {
            closeGenerator();
        }
    }

    private void cancelUpstream() {
        Subscription open = upstream;
        if (open != null) {
            open.cancel();
        }
    }

    private void closeGenerator() {
        Generator<? extends Y, ? super S, ? extends R> open = generator;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (Throwable error) {
            drop(error);
        }
    }

    final void requestUpstream(long n) {
        Subscription open = upstream;
        if (open != null) {
            open.request(n);
        }
    }

    final boolean isCancelled() {
        return cancelled;
    }

    @Override
    public final Context currentContext() {
        return actual.currentContext();
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public final @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return upstream;
        }
        if (key == Attr.ACTUAL) {
            return actual;
        }
        if (key == Attr.CANCELLED) {
            return cancelled;
        }
        return key == Attr.TERMINATED ? done : null;
    }
}
