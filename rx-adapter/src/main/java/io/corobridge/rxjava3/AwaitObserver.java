package io.corobridge.rxjava3;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Pending;
import io.reactivex.rxjava3.core.CompletableObserver;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.core.SingleSource;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.exceptions.ProtocolViolationException;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The await of a Single, a Maybe or a Completable: their observers differ in nothing but what they leave out.
 *
 * @param <T> the value
 */
final class AwaitObserver<T> extends Pending<@Nullable T>
        implements SingleObserver<T>, MaybeObserver<T>, CompletableObserver {
    private final Object source;
    private final Consumer<AwaitObserver<T>> subscribe;
    private final Consumer<? super T> onDropped;

    /** The subscription; an object that is disposed once the await is given up. */
    private final AtomicReference<@Nullable Disposable> subscription = new AtomicReference<>();

    /**
     * Makes an await.
     *
     * @param source what is awaited
     * @param subscribe subscribes this observer to it
     * @param onDropped is given a value that comes when the await was given up
     */
    AwaitObserver(Object source, Consumer<AwaitObserver<T>> subscribe, Consumer<? super T> onDropped) {
        this.source = source;
        this.subscribe = subscribe;
        this.onDropped = onDropped;
    }

    /** The await of a Single, which has a value. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static <T> Awaitable<T> nonNull(SingleSource<? extends T> single, Consumer<? super T> onDropped) {
        return () -> (AwaitIterator<T>) (AwaitIterator) new AwaitObserver<T>(single, single::subscribe, onDropped);
    }

    @Override
    public Object source() {
        return source;
    }

    @Override
    protected void open() {
        subscribe.accept(this);
    }

    @Override
    public void onSubscribe(Disposable offered) {
        if (!subscription.compareAndSet(null, offered)) {
            offered.dispose();
            if (!isCancelled()) {
                RxJavaPlugins.onError(new ProtocolViolationException("onSubscribe was called twice by " + source));
            }
        }
    }

    @Override
    public void onSuccess(T value) {
        if (value == null) {
            onError(new NullPointerException("onSuccess(null) by " + source));
        } else if (!settle(value)) {
            onDropped.accept(value);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // the result is @Nullable T
    public void onComplete() {
        settle(null);
    }

    @Override
    public void onError(Throwable error) {
        Throwable failure = error != null ? error : new NullPointerException("onError(null) by " + source);
        if (!settleFailed(failure)) {
            RxHooks.INSTANCE.drop(failure);
        }
    }

    @Override
    protected void release() {
        Disposable open = subscription.getAndSet(Disposable.disposed());
        if (open != null) {
            open.dispose();
        }
    }
}
