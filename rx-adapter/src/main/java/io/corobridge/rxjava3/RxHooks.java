package io.corobridge.rxjava3;

import io.corobridge.drive.Driver;
import io.corobridge.streams.Hooks;
import io.reactivex.rxjava3.exceptions.CompositeException;
import io.reactivex.rxjava3.exceptions.Exceptions;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.CancellationException;

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

    /** An observer has thrown while it was told this error. */
    static void dropBoth(Throwable error, Throwable thrown) {
        Exceptions.throwIfFatal(thrown);
        RxJavaPlugins.onError(new CompositeException(error, thrown));
    }
}
