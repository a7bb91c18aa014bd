package io.corobridge.machine;

import io.corobridge.AsyncGenerator;
import io.corobridge.engine.Outcome;
import java.lang.ref.Cleaner;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Closes bodies whose object was dropped while they were suspended, after garbage collection (A38).
 *
 * <p>A body that can reach its own coroutine keeps it alive, and so is never found.
 */
final class Abandoned {
    private static final Cleaner CLEANER = Cleaner.create();

    /** A body whose {@code finally} blocks holds up one of these, not the cleaner. */
    private static final int CLOSERS = 4;

    private static final ThreadPoolExecutor EXECUTOR = closers(Abandoned::closerThread);

    /** A body that awaits or yields while it is closed is told again; this often, then it is left alone. */
    private static final int PATIENCE = 100;

    private Abandoned() {}

    /**
     * Watches an object.
     *
     * @param owner the object that users hold
     * @param machine its body, which must not refer to it
     * @return ends the watch
     */
    static Runnable watch(Object owner, Machine machine) {
        return CLEANER.register(owner, () -> dropped(machine))::clean;
    }

    private static void dropped(Machine machine) {
        if (!machine.isClosed()) {
            Consumer<? super AsyncGenerator<?, ?>> finalizer = machine.takeFinalizer();
            submit(EXECUTOR, finalizer == null ? () -> close(machine) : () -> finalize(machine, finalizer));
        }
    }

    /** The hook gets an object for the generator again, since the one before is gone. Dropped once more, that one is closed. */
    private static void finalize(Machine machine, Consumer<? super AsyncGenerator<?, ?>> finalizer) {
        try {
            finalizer.accept(AsyncGeneratorObject.revived(machine));
        } catch (Throwable e) {
            Unraisable.report("finalizing async generator '" + machine.name() + "'", e);
        }
    }

    static ThreadPoolExecutor closers(ThreadFactory factory) {
        ThreadPoolExecutor closers =
                new ThreadPoolExecutor(CLOSERS, CLOSERS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        // There from the beginning: when no thread is to be had, dropped bodies are what can give some back.
        closers.prestartCoreThread();
        return closers;
    }

    static void submit(ThreadPoolExecutor closers, Runnable closing) {
        try {
            closers.execute(closing);
        } catch (OutOfMemoryError noFurtherThread) {
            closers.getQueue().add(closing);
        }
    }

    private static void close(Machine machine) {
        Link owner = () -> machine;
        for (int attempt = 0; attempt < PATIENCE && !machine.isClosed(); attempt++) {
            Outcome outcome = machine.step(owner, Op.CLOSE, null, null, null);
            Object result = machine.takeResult();
            boolean ignoredAgain = attempt > 0 && !machine.isClosed();
            if (outcome == Outcome.RAISES && result instanceof Throwable error && !ignoredAgain) {
                Unraisable.report("closing abandoned " + machine.kind().words() + " '" + machine.name() + "'", error);
            }
        }
    }

    private static Thread closerThread(Runnable work) {
        Thread thread = new Thread(null, work, "corobridge-closer", 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
