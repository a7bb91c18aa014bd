package io.corobridge.rxjava3;

import io.corobridge.drive.Driver;
import io.corobridge.streams.Hooks;
import io.reactivex.rxjava3.exceptions.CompositeException;
import io.reactivex.rxjava3.exceptions.Exceptions;
import io.reactivex.rxjava3.operators.ConditionalSubscriber;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** RxJava's one hook: errors that reach nobody are for {@link RxJavaPlugins#onError}, fatal ones are thrown, values are let go. */
enum RxHooks implements Hooks {
    INSTANCE;

    @Override
    public void discard(Object value) {}

    /** An error that says no more than that something was cancelled is nobody's: the default handler ends the thread, or the app. */
    @Override
    public void drop(Throwable error) {
        Exceptions.throwIfFatal(error);
        if (!Driver.isSilent(error) && !(error instanceof CancellationException)) {
            RxJavaPlugins.onError(error);
        }
    }

    @Override
    public void checkFatal(Throwable error) {
        Exceptions.throwIfFatal(error);
    }

    /** The subscriber as one that says whether it has a use for an element, or null. */
    @SuppressWarnings("unchecked") // of the subscriber's own type
    static <T> @Nullable ConditionalSubscriber<? super T> conditional(Subscriber<? super T> actual) {
        return actual instanceof ConditionalSubscriber<?> ? (ConditionalSubscriber<? super T>) actual : null;
    }

    /** An observer has thrown while it was told this error. */
    static void dropBoth(Throwable error, Throwable thrown) {
        Exceptions.throwIfFatal(thrown);
        RxJavaPlugins.onError(new CompositeException(error, thrown));
    }
}
