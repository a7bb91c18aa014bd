package io.corobridge.streams;

import io.corobridge.CancelledError;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.StopIteration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One subscriber's run of a generator: a {@code next()} for each element that is requested, on the thread that requests.
 *
 * <p>Elements are signalled or, by hosts that fuse, polled: one of the two. Whoever raises {@link #requested} from zero emits until
 * it is zero again; that publishes the generator. {@link #entries} does the same for polling and closing: a cancel that finds
 * somebody inside leaves the close to them.
 *
 * @param <T> the element
 */
public class GeneratorSubscription<T> implements Subscription {
    private final Subscriber<? super T> downstream;
    private final Generator<? extends T, ?, ?> generator;
    private final Hooks hooks;
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger entries = new AtomicInteger();

    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException badRequest;

    /** Of whoever emits or polls: the generator has ended or is closed. */
    private boolean ended;

    /**
     * Makes one. The caller hands it to the subscriber's {@code onSubscribe}.
     *
     * @param downstream gets the signals
     * @param generator what to step; closed when the subscription is cancelled
     * @param hooks gets what reaches nobody
     */
    public GeneratorSubscription(
            Subscriber<? super T> downstream, Generator<? extends T, ?, ?> generator, Hooks hooks) {
        this.downstream = downstream;
        this.generator = generator;
        this.hooks = hooks;
    }

    /**
     * Signals an element.
     *
     * @param next the element
     * @return false when the subscriber has no use for it, so that it takes nothing off the demand
     */
    protected boolean signal(T next) {
        downstream.onNext(next);
        return true;
    }

    @Override
    public final void request(long n) {
        if (n <= 0) {
            badRequest = Demand.refused(n);
        }
        long more = Math.max(n, 1);
        if (requested.getAndAccumulate(more, Demand::add) == 0) {
            emit(more);
        }
    }

    @Override
    public final void cancel() {
        cancelled = true;
        if (entries.getAndIncrement() == 0) {
            close();
        }
    }

    private void emit(long demand) {
        long emitted = 0;
        long known = demand;
        while (true) {
            while (emitted != known) {
                T element = enterAndStep();
                if (element == null) {
                    // At the end; the demand that is left keeps others out.
                    return;
                }
                if (!trySignal(element)) {
                    continue;
                }
                emitted++;
            }
            known = requested.get();
            if (known == emitted) {
                known = requested.addAndGet(-emitted);
                emitted = 0;
                if (known == 0) {
                    return;
                }
            }
        }
    }

    /** Takes a step, or does what there is to do instead. Returns null when there will be no more elements. */
    private @Nullable T enterAndStep() {
        IllegalArgumentException refused = badRequest;
        if (entries.getAndIncrement() != 0 || ended) {
            return null;
        }
        Throwable end = refused;
        T element = null;
        if (refused == null) {
            try {
                element = generator.next();
                end = element == null ? Demand.nullYielded() : null;
            } catch (Throwable raised) {
                ended = true;
                end = raised;
            }
        }
        if (end != null && !ended) {
            close();
        }
        boolean left = entries.decrementAndGet() == 0;
        if (left) {
            if (end != null) {
                end(end);
            }
            return element;
        }
        close();
        if (element != null) {
            hooks.discard(element);
        } else if (end != null) {
            dropUnlessItSaysEnd(end);
        }
        return null;
    }

    private void end(Throwable end) {
        if (end instanceof StopIteration) {
            downstream.onComplete();
        } else {
            hooks.checkFatal(end);
            downstream.onError(end);
        }
    }

    /** Returns false when the element takes nothing off the demand. */
    private boolean trySignal(T element) {
        try {
            return signal(element);
        } catch (Throwable error) {
            // §2.13 forbids it; the generator is closed, and is not to blame.
            cancel();
            hooks.drop(error);
            return true;
        }
    }

    /**
     * Takes the next element, for hosts that fuse; nothing is signalled then.
     *
     * @return the element, or null at the end and after a cancel
     * @throws Throwable what the generator raises
     */
    protected final @Nullable T pull() throws Throwable {
        if (entries.getAndIncrement() != 0) {
            return null;
        }
        try {
            if (ended) {
                return null;
            }
            T element = generator.next();
            if (element == null) {
                close();
                throw Demand.nullYielded();
            }
            return element;
        } catch (StopIteration end) {
            ended = true;
            return null;
        } finally {
            if (entries.decrementAndGet() != 0) {
                close();
            }
        }
    }

    /**
     * Whether {@link #pull} is known to have no more elements.
     *
     * @return false when it has to be asked
     */
    protected final boolean isEnded() {
        return ended || cancelled;
    }

    /**
     * Whether the subscriber has cancelled.
     *
     * @return true after {@link #cancel()}
     */
    protected final boolean isCancelled() {
        return cancelled;
    }

    private void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            generator.close();
        } catch (Throwable error) {
            dropUnlessItSaysEnd(error);
        }
    }

    private void dropUnlessItSaysEnd(Throwable error) {
        if (!(error instanceof StopIteration || error instanceof GeneratorExit || error instanceof CancelledError)) {
            hooks.drop(error);
        }
    }
}
