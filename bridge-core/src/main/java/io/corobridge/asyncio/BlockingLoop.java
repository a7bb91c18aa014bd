package io.corobridge.asyncio;

import io.corobridge.Awaitable;
import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import io.corobridge.engine.Ambient;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The loop that runs on the thread that calls {@code run}, and parks it while there is nothing to do. */
final class BlockingLoop extends EventLoop {
    private final LoopGenerators generators = new LoopGenerators(this);

    /** The thread that runs this loop. */
    private volatile @Nullable Thread thread;

    /** Set before that thread looks for the last time whether there is something to do, and read after something was added. */
    private volatile boolean parking;

    private volatile boolean stopping;

    /** Called on the loop's thread when that thread was interrupted; without one, an interrupt ends the run. */
    private @Nullable Runnable interruptHandler;

    BlockingLoop(LoopClock clock) {
        super(clock);
    }

    void onInterrupt(@Nullable Runnable handler) {
        interruptHandler = handler;
    }

    @Override
    public <R extends @Nullable Object> R runUntilComplete(Awaitable<R> main) {
        checkRunnable();
        Future<R> future = Asyncio.ensureFuture(main, this);
        Consumer<Future<R>> stop = done -> {
            if (done.cancelled() || done.failure() == null || !Fatal.is(done.failure())) {
                stop();
            }
        };
        boolean made = future != main;
        future.addDoneCallback(stop);
        try {
            runForever();
        } catch (Throwable error) {
            if (made && future.done()) {
                // It is the one that ends the run: whoever called is told.
                future.retrieved();
            }
            throw error;
        } finally {
            future.removeDoneCallback(stop);
        }
        if (!future.done()) {
            throw new RuntimeError("Event loop stopped before Future completed.");
        }
        return future.result();
    }

    @Override
    public void runForever() {
        checkRunnable();
        Ambient ambient = Ambient.current();
        thread = Thread.currentThread();
        ambient.driver(this);
        Object outerHooks = ambient.asyncGeneratorHooks();
        ambient.asyncGeneratorHooks(generators.hooks());
        boolean interrupted = false;
        try {
            do {
                interrupted |= takeInterrupt();
                interrupted |= waitForWork();
                runOnce();
            } while (!stopping);
        } finally {
            stopping = false;
            thread = null;
            ambient.driver(null);
            ambient.asyncGeneratorHooks(outerHooks);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Coroutine<@Nullable Void> shutdownAsyncgens() {
        return generators.shutdown();
    }

    private void checkRunnable() {
        checkOpen();
        if (isRunning()) {
            throw new RuntimeError("This event loop is already running");
        }
        if (Ambient.current().driver() != null) {
            throw new RuntimeError("Cannot run the event loop while another loop is running");
        }
    }

    /** Parks until there is something to do. Returns whether the thread was interrupted meanwhile. */
    private boolean waitForWork() {
        boolean interrupted = false;
        long nanos = idleTime();
        while (nanos > 0) {
            parking = true;
            if (idleTime() > 0) {
                clock().park(nanos);
            }
            parking = false;
            interrupted |= takeInterrupt();
            nanos = idleTime();
        }
        return interrupted;
    }

    /** Returns whether the thread was interrupted; it no longer is then. */
    private boolean takeInterrupt() {
        if (!Thread.interrupted()) {
            return false;
        }
        Runnable handler = interruptHandler;
        if (handler == null) {
            Thread.currentThread().interrupt();
            throw new CancelledError("the thread of the event loop was interrupted");
        }
        handler.run();
        return true;
    }

    /** For how long there is nothing to do. */
    private long idleTime() {
        if (stopping || schedule().isReady()) {
            return 0;
        }
        ScheduledCall next = schedule().nextTimer();
        if (next == null) {
            return Long.MAX_VALUE;
        }
        long now = nanos();
        // A moment long past is so far away that the difference would overflow.
        return next.nanos() <= now ? 0 : next.nanos() - now;
    }

    @Override
    void wake() {
        if (parking) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void stop() {
        stopping = true;
        wake();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
