package io.corobridge.benchmarks;

import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Queue;
import io.corobridge.asyncio.Runner;
import io.corobridge.asyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.ExecutorsKt;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The event loop, on the thread that runs it, beside kotlinx.coroutines on a dispatcher of one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class EventLoops {
    private static final int TIMES = 10_000;
    private static final int TASKS = 100_000;

    private Runner runner;
    private ExecutorService thread;
    private CoroutineDispatcher dispatcher;

    /** Starts both. */
    @Setup
    public void start() {
        runner = new Runner();
        thread = Executors.newSingleThreadExecutor();
        dispatcher = ExecutorsKt.from(thread);
    }

    /** Ends both. */
    @TearDown
    public void stop() {
        runner.close();
        thread.shutdown();
    }

    private <R extends @Nullable Object> R run(Coroutine.Body<R> body) {
        return runner.run(Coroutine.of("main", body));
    }

    /** A turn of the loop. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int sleepZero() {
        return run(co -> {
            for (int i = 0; i < TIMES; i++) {
                co.await(Asyncio.sleep(0));
            }
            return TIMES;
        });
    }

    /** The same in Kotlin. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public void kotlinYield() {
        KotlinLoop.yields(dispatcher, TIMES);
    }

    /** A task that is made and awaited. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int createTaskAwait() {
        return run(co -> {
            int sum = 0;
            for (int i = 0; i < TIMES; i++) {
                sum += co.await(Asyncio.createTask(Coroutine.of("one", inner -> 1)));
            }
            return sum;
        });
    }

    /** The same in Kotlin. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int kotlinAsyncAwait() {
        return KotlinLoop.asyncAwait(dispatcher, TIMES);
    }

    /** An item that is put and got by the same task. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int queuePutGet() {
        return run(co -> {
            Queue<Integer> queue = new Queue<>();
            int sum = 0;
            for (int i = 0; i < TIMES; i++) {
                co.await(queue.put(i));
                sum += co.await(queue.get());
            }
            return sum;
        });
    }

    /** The same in Kotlin. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int kotlinSendReceive() {
        return KotlinLoop.sendReceive(dispatcher, TIMES);
    }

    /** An item that goes from a task to another one, through a queue of one. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int queuePingPong() {
        return run(co -> {
            Queue<Integer> queue = new Queue<>(1);
            Asyncio.createTask(Coroutine.ofVoid("puts", inner -> {
                for (int i = 0; i < TIMES; i++) {
                    inner.await(queue.put(i));
                }
            }));
            int sum = 0;
            for (int i = 0; i < TIMES; i++) {
                sum += co.await(queue.get());
            }
            return sum;
        });
    }

    /** The same in Kotlin. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int kotlinPingPong() {
        return KotlinLoop.pingPong(dispatcher, TIMES);
    }

    /** One of a hundred thousand tasks at the same time, each of which gives way once. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public int manyTasks() {
        return run(co -> {
            List<Task<@Nullable Void>> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                tasks.add(Asyncio.createTask(Asyncio.sleep(0)));
            }
            for (Task<?> task : tasks) {
                co.await(task);
            }
            return TASKS;
        });
    }

    /** The same in Kotlin. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void kotlinManyTasks() {
        KotlinLoop.tasks(dispatcher, TASKS);
    }
}
