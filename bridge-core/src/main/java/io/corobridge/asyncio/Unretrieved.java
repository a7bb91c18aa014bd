package io.corobridge.asyncio;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/** Reports the exception of a future that is collected before anybody has retrieved it (G08). */
final class Unretrieved implements Runnable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final EventLoop loop;
    private final String message;
    private final String source;
    private final Throwable error;

    /** Written before the cleaner's own synchronisation, read after. */
    private boolean retrieved;

    private Cleaner.@Nullable Cleanable registration;

    private Unretrieved(Future<?> future, Throwable error) {
        this.loop = future.getLoop();
        this.message = (future instanceof Task ? "Task" : "Future") + " exception was never retrieved";
        this.source = "<" + future.describe() + ">";
        this.error = error;
    }

    static Unretrieved watch(Future<?> future, Throwable error) {
        Unretrieved watched = new Unretrieved(future, error);
        watched.registration = CLEANER.register(future, watched);
        return watched;
    }

    void retrieved() {
        retrieved = true;
        if (registration != null) {
            registration.clean();
        }
    }

    @Override
    public void run() {
        if (!retrieved) {
            loop.reportFromOutside(new ExceptionContext(message, error, source));
        }
    }
}
