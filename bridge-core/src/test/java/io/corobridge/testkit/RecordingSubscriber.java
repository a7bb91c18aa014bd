package io.corobridge.testkit;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A subscriber that writes down what it gets. It requests what it is told to, also what it must not, and notices signals that come
 * two at once or after the last one. An adapter adds its library's interface, and its hooks where it has some.
 */
public class RecordingSubscriber<T> implements Subscriber<T> {
    /** Elements, and at the end an error or {@code "complete"}. */
    public final List<Object> signals = new CopyOnWriteArrayList<>();

    /** Filled by the library's hook, or by the test itself. */
    public final List<Object> discarded = new CopyOnWriteArrayList<>();

    /** Filled by the library's hook, or by the test itself. */
    public final List<Throwable> dropped = new CopyOnWriteArrayList<>();

    private final long demand;
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean over;
    private volatile boolean broken;
    private volatile @Nullable Subscription subscription;

    /** The demand is for the beginning; it may be 0. */
    public RecordingSubscriber(long demand) {
        this.demand = demand;
    }

    /** What it was given. */
    public final Subscription subscription() {
        return Objects.requireNonNull(subscription);
    }

    /** Goes to the subscription as it is. */
    public final void request(long n) {
        subscription().request(n);
    }

    public final void cancel() {
        subscription().cancel();
    }

    /** Whether two signals came at once, or one after the last. */
    public final boolean isBroken() {
        return broken;
    }

    /** The signals that are elements. */
    public final List<Object> values() {
        return signals.stream()
                .filter(signal -> !signal.equals("complete") && !(signal instanceof Throwable))
                .toList();
    }

    /** The signals that are errors, one at the most unless it is broken. */
    public final List<Object> errors() {
        return signals.stream().filter(Throwable.class::isInstance).toList();
    }

    private void enter(boolean last) {
        if (inside.getAndIncrement() != 0 || over) {
            broken = true;
        }
        over |= last;
    }

    private void leave() {
        inside.decrementAndGet();
    }

    @Override
    public void onSubscribe(Subscription offered) {
        subscription = offered;
        if (demand > 0) {
            offered.request(demand);
        }
    }

    @Override
    public void onNext(T element) {
        enter(false);
        signals.add(element);
        leave();
    }

    @Override
    public void onError(Throwable error) {
        enter(true);
        signals.add(error);
        leave();
    }

    @Override
    public void onComplete() {
        enter(true);
        signals.add("complete");
        leave();
    }
}
