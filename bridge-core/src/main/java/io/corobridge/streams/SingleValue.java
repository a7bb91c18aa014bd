package io.corobridge.streams;

import io.corobridge.Pending;
import io.corobridge.ValueError;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The await of a publisher of at most one element. It waits for {@code onComplete}: whoever takes the element and cancels would
 * cut off what a source does after it, such as a commit.
 *
 * <p>{@link #upstream} goes from null over {@link State#REQUESTING} to the subscription, or to {@link State#CANCELLED} from
 * anywhere: so a cancel that comes while the demand is being made is passed on when that is over (§2.7). {@link #discard},
 * {@link #drop} and {@link #late} are for hosts that have hooks.
 *
 * @param <T> the element
 */
public class SingleValue<T> extends Pending<@Nullable T> implements Subscriber<T> {
    private static final AtomicReferenceFieldUpdater<SingleValue<?>, @Nullable Subscription> UPSTREAM =
            updater(Subscription.class, "upstream");
    private static final AtomicReferenceFieldUpdater<SingleValue<?>, @Nullable Object> VALUE =
            updater(Object.class, "value");

    private final Publisher<? extends T> publisher;

    /** What is requested: two, so that a second element shows itself, or no bound where there cannot be one. */
    private final long demand;

    private volatile @Nullable Subscription upstream;

    /** Taken by whoever hands it on or discards it. */
    @SuppressWarnings("unused") // by VALUE
    private volatile @Nullable Object value;

    /** Of the publisher's thread: its signals are over. */
    private boolean done;

    /** What {@link #upstream} is when it is no subscription. */
    private enum State implements Subscription {
        REQUESTING,
        CANCELLED;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    /**
     * Makes an await that may find more than one element.
     *
     * @param publisher what is awaited
     */
    public SingleValue(Publisher<? extends T> publisher) {
        this(publisher, 2);
    }

    /**
     * Makes an await.
     *
     * @param publisher what is awaited
     * @param demand how many elements are requested
     */
    protected SingleValue(Publisher<? extends T> publisher, long demand) {
        this.publisher = publisher;
        this.demand = demand;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <V> AtomicReferenceFieldUpdater<SingleValue<?>, @Nullable V> updater(Class<V> type, String field) {
        return (AtomicReferenceFieldUpdater) AtomicReferenceFieldUpdater.newUpdater(SingleValue.class, type, field);
    }

    /**
     * Called for an element that reaches nobody, because the await was given up or has failed.
     *
     * @param element the element
     */
    protected void discard(Object element) {}

    /**
     * Called for an element that comes after the end of the source.
     *
     * @param element the element
     */
    protected void late(T element) {
        discard(element);
    }

    /**
     * Called for an error that reaches nobody.
     *
     * @param error the error
     */
    protected void drop(Throwable error) {
        Dropped.report(error);
    }

    /**
     * The subscription.
     *
     * @return it, or null before it is there and after a cancel
     */
    protected final @Nullable Subscription upstream() {
        Subscription current = upstream;
        return current instanceof State ? null : current;
    }

    @Override
    public Object source() {
        return publisher;
    }

    @Override
    protected void open() {
        publisher.subscribe(this);
    }

    @Override
    public void onSubscribe(Subscription offered) {
        if (offered == null) {
            throw broken("onSubscribe(null)");
        }
        if (!UPSTREAM.compareAndSet(this, null, State.REQUESTING)) {
            offered.cancel();
            return;
        }
        offered.request(demand);
        if (!UPSTREAM.compareAndSet(this, State.REQUESTING, offered)) {
            offered.cancel();
        }
    }

    @Override
    public void onNext(T element) {
        if (element == null) {
            throw broken("onNext(null)");
        }
        if (done) {
            late(element);
            return;
        }
        if (value == null) {
            value = element;
            if (isCancelled()) {
                discardValue();
            }
            return;
        }
        done = true;
        discard(element);
        fail(new ValueError("await of a publisher that emits more than one element; loop over it with co.each(..)"));
    }

    /** What the rules have thrown at the publisher is raised at the await as well: it may not signal any more. */
    private NullPointerException broken(String signal) {
        NullPointerException error = Demand.nullSignal(signal, publisher);
        done = true;
        fail(error);
        return error;
    }

    private void fail(RuntimeException error) {
        discardValue();
        if (settleFailed(error)) {
            release();
        }
    }

    @Override
    public void onError(Throwable error) {
        if (error == null) {
            throw broken("onError(null)");
        }
        boolean wasDone = done;
        done = true;
        discardValue();
        if (wasDone || !settleFailed(error)) {
            drop(error);
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the result is @Nullable T
    public void onComplete() {
        if (done) {
            return;
        }
        done = true;
        Object result = VALUE.getAndSet(this, null);
        if (!settle((T) result) && result != null) {
            discard(result);
        }
    }

    private void discardValue() {
        Object unwanted = VALUE.getAndSet(this, null);
        if (unwanted != null) {
            discard(unwanted);
        }
    }

    @Override
    protected void release() {
        Subscription open = UPSTREAM.getAndSet(this, State.CANCELLED);
        if (open != null) {
            open.cancel();
        }
        discardValue();
    }
}
