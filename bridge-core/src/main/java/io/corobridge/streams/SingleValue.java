package io.corobridge.streams;

import io.corobridge.Pending;
import io.corobridge.ValueError;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The await of a publisher of at most one element. It waits for {@code onComplete}: whoever takes the element and cancels would
 * cut off what a source does after it, such as a commit.
 *
 * <p>The subscription is guarded by this object's monitor, which is never held while signalling.
 *
 * @param <T> the element
 */
final class SingleValue<T> extends Pending<@Nullable T> implements Subscriber<T> {
    private final Publisher<? extends T> publisher;
    private @Nullable Subscription subscription;
    private @Nullable T value;

    SingleValue(Publisher<? extends T> publisher) {
        this.publisher = publisher;
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
        boolean accepted;
        synchronized (this) {
            accepted = subscription == null && !isCancelled();
            if (accepted) {
                subscription = offered;
            }
        }
        if (accepted) {
            // Two, so that a second element shows itself.
            offered.request(2);
        } else {
            offered.cancel();
        }
    }

    @Override
    public void onNext(T element) {
        if (element == null) {
            throw new NullPointerException("onNext(null): §2.13");
        }
        if (value != null) {
            if (settleFailed(new ValueError(
                    "await of a publisher that emits more than one element; loop over it with co.each(..)"))) {
                release();
            }
            return;
        }
        value = element;
    }

    @Override
    public void onError(Throwable error) {
        if (error == null) {
            throw new NullPointerException("onError(null): §2.13");
        }
        if (!settleFailed(error)) {
            Dropped.report(error);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // the result is @Nullable T
    public void onComplete() {
        settle(value);
    }

    @Override
    protected void release() {
        Subscription open;
        synchronized (this) {
            open = subscription;
        }
        if (open != null) {
            open.cancel();
        }
    }
}
