package io.corobridge.asyncio;

import io.corobridge.platform.Collected;
import org.jspecify.annotations.Nullable;

/** Reports the exception of a future that is collected before anybody has retrieved it (G08). */
final class Unretrieved implements Runnable {
    private final EventLoop loop;
    private final String message;
    private final String source;
    private final Throwable error;

    /** Written before the watch's own synchronisation, read after. */
    private boolean retrieved;

    private @Nullable Runnable registration;

    private Unretrieved(Future<?> future, Throwable error) {
        this.loop = future.getLoop();
        this.message = (future instanceof Task ? "Task" : "Future") + " exception was never retrieved";
        this.source = "<" + future.describe() + ">";
        this.error = error;
    }

    static Unretrieved watch(Future<?> future, Throwable error) {
        Unretrieved watched = new Unretrieved(future, error);
        watched.registration = Collected.watch(future, watched);
        return watched;
    }

    void retrieved() {
        retrieved = true;
        if (registration != null) {
            registration.run();
        }
    }

    @Override
    public void run() {
        if (!retrieved) {
            loop.reportFromOutside(new ExceptionContext(message, error, source));
        }
    }
}
