package io.corobridge.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The peer that waits by blocking: code on a virtual thread. Needs JDK 21; the script {@code run} leaves its benchmarks out before, and
 * run otherwise they alone fail.
 */
@State(Scope.Thread)
public class VirtualThread {
    /** How often {@link #each} runs its code. */
    static final int TIMES = 1_000;

    private @Nullable ThreadFactory threads;

    /** Called by JMH. */
    @Setup
    public void find() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            threads = (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new UnsupportedOperationException("skipped: virtual threads need JDK 21 or newer", e);
        }
    }

    /** Runs code on one virtual thread. */
    <T> T once(Callable<T> code) throws Exception {
        FutureTask<T> task = new FutureTask<>(code);
        start(task);
        return task.get();
    }

    /** Runs code again and again, on a new virtual thread each time, which another one waits for, not the thread of the benchmark. */
    int each(Callable<Integer> code) throws Exception {
        return once(() -> {
            int sum = 0;
            for (int i = 0; i < TIMES; i++) {
                FutureTask<Integer> task = new FutureTask<>(code);
                start(task).join();
                sum += task.get();
            }
            return sum;
        });
    }

    private Thread start(Runnable task) {
        ThreadFactory found = threads;
        if (found == null) {
            throw new IllegalStateException("not set up");
        }
        Thread thread = found.newThread(task);
        thread.start();
        return thread;
    }
}
