package io.corobridge.asyncio;

import io.corobridge.Coroutine;
import io.corobridge.Routine;
import io.corobridge.RuntimeError;
import io.corobridge.platform.Threads;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs blocking code for a loop: on a given executor, or on a few daemon threads, which are started when they are needed. */
final class LoopExecutor {
    /** As many threads as asyncio has. */
    private static final int THREADS = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);

    private static final int KEEP_SECONDS = 10;

    private final EventLoop loop;
    private @Nullable Pool pool;
    private boolean shutdown;

    LoopExecutor(EventLoop loop) {
        this.loop = loop;
    }

    <R extends @Nullable Object> Future<R> run(@Nullable Executor where, Callable<R> code) {
        Future<R> future = loop.createFuture();
        Executor executor = where != null ? where : pool();
        executor.execute(() -> {
            R result;
            try {
                result = code.call();
            } catch (Throwable error) {
                tell(() -> future.setException(error), future);
                return;
            }
            tell(() -> future.setResult(result), future);
        });
        return future;
    }

    /** On the loop's thread; nobody is told when the future was cancelled or the loop closed meanwhile. */
    private void tell(Runnable outcome, Future<?> future) {
        loop.callSoonIfOpen(() -> {
            if (!future.done()) {
                outcome.run();
            }
        });
    }

    private Executor pool() {
        if (shutdown) {
            throw new RuntimeError("Executor shutdown has been called");
        }
        Pool running = pool;
        if (running == null) {
            running = new Pool();
            pool = running;
        }
        return running;
    }

    Coroutine<@Nullable Void> shutdown() {
        return Routine.coroutine("shutdown_default_executor", Shutdown::new);
    }

    /** Does not wait for what runs. */
    void close() {
        shutdown = true;
        if (pool != null) {
            pool.shutdown();
        }
    }

    private final class Shutdown extends Routine<@Nullable Void> {
        @Override
        @SuppressWarnings("NullAway") // the result is @Nullable Void
        protected Void step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (error != null) {
                throw error;
            }
            Pool running = pool;
            if (shutdown || running == null) {
                shutdown = true;
                return null;
            }
            Future<@Nullable Void> terminated = loop.createFuture();
            running.terminated = () -> tell(() -> terminated.setResult(null), terminated);
            close();
            return awaits(terminated);
        }
    }

    private static final class Pool extends ThreadPoolExecutor {
        /** Written before the shutdown, which publishes it. */
        private @Nullable Runnable terminated;

        Pool() {
            super(
                    THREADS,
                    THREADS,
                    KEEP_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Threads.daemons("corobridge-executor"));
            allowCoreThreadTimeOut(true);
        }

        @Override
        protected void terminated() {
            Runnable told = terminated;
            if (told != null) {
                told.run();
            }
        }
    }
}
