package io.corobridge.streams;

import io.corobridge.Generator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/**
 * A fed generator as an operator: what it yields goes downstream, one for one. A recovery after the source's error waits for
 * demand.
 *
 * @param <S> what is sent
 * @param <Y> what is yielded
 * @param <R> what is returned
 */
public non-sealed class FeedElements<S, Y, R> extends Feed<S, Y, R, Y> {
    private final Consumer<? super @Nullable R> onReturn;

    /** Demand that was not met yet. */
    private final AtomicLong demand = new AtomicLong();

    /**
     * Makes one that is to be subscribed to the source.
     *
     * @param actual gets what is yielded
     * @param generator stands at its first yield, see {@link Feed#open}
     * @param onReturn is given what the generator returns, before {@code onComplete}
     * @param hooks gets what reaches nobody
     */
    public FeedElements(
            Subscriber<? super Y> actual,
            Generator<? extends Y, ? super S, ? extends R> generator,
            Consumer<? super @Nullable R> onReturn,
            Hooks hooks) {
        super(actual, generator, hooks);
        this.onReturn = onReturn;
    }

    @Override
    final void requested(long n) {
        demand.accumulateAndGet(n, Demand::add);
        held.emit();
        requestUpstream(n);
    }

    @Override
    final void yielded(Y value) {
        if (value == null) {
            failAfterReply(Demand.nullYielded());
            return;
        }
        if (signal(value)) {
            demand.getAndUpdate(Demand::takeOne);
        } else {
            requestUpstream(1);
        }
    }

    /**
     * Signals an element.
     *
     * @param next the element
     * @return false when the subscriber has no use for it: then the source is asked for another one
     */
    protected boolean signal(Y next) {
        actual.onNext(next);
        return true;
    }

    @Override
    final void recovered(Y value, @Nullable R result) {
        if (value == null) {
            held.fail(Demand.nullYielded());
        } else if (tell(result)) {
            held.complete(value);
            // Demand that comes only now finds the element there.
            if (demand.get() > 0) {
                held.emit();
            }
        } else {
            discard(value);
        }
    }

    @Override
    final void returned(@Nullable R result) {
        if (tell(result)) {
            held.complete(null);
        }
    }

    private boolean tell(@Nullable R result) {
        try {
            onReturn.accept(result);
            return true;
        } catch (Throwable error) {
            held.fail(error);
            return false;
        }
    }
}
