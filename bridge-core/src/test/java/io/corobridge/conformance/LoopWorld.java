package io.corobridge.conformance;

import io.corobridge.AsyncContextManager;
import io.corobridge.AsyncIterable;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.BaseExceptionGroup;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Asyncio.ReturnWhen;
import io.corobridge.asyncio.Barrier;
import io.corobridge.asyncio.Condition;
import io.corobridge.asyncio.Event;
import io.corobridge.asyncio.Future;
import io.corobridge.asyncio.Lock;
import io.corobridge.asyncio.LoopClock;
import io.corobridge.asyncio.Queue;
import io.corobridge.asyncio.Runner;
import io.corobridge.asyncio.Semaphore;
import io.corobridge.asyncio.Task;
import io.corobridge.asyncio.TaskGroup;
import io.corobridge.asyncio.Timeout;
import io.corobridge.asyncio.Waited;
import io.corobridge.conformance.Statement.Manager;
import io.corobridge.conformance.Statement.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A program whose bodies an event loop runs, in virtual time: the tasks, and what they share. The twin of asyncio_programs.py.
 *
 * <p>When the main body has ended, what is left is waited for, and then cancelled until it has ended too.
 */
final class LoopWorld extends World {
    /** So many tasks are spawned at most. */
    private static final int SPAWNED = 10;

    /** Longer than all that is waited for together. */
    private static final double END = 1_000_000;

    final Lock lock = new Lock();
    final Semaphore semaphore = new Semaphore(2);
    final Event event = new Event();
    final Condition condition = new Condition();
    final Queue<Object> queue = new Queue<>(2);
    final Barrier barrier = new Barrier(2);

    private final Program program;
    private final Bodies engine;
    private final List<Task<?>> tasks = new ArrayList<>();
    private final Map<Integer, TaskGroup> groups = new HashMap<>();
    private final Map<Integer, Timeout> timeouts = new HashMap<>();

    /** Tasks in the order in which they say something first. */
    private final Map<Task<?>, Integer> labels = new HashMap<>();

    private Task<?> first;
    private Future<Object> future;

    private LoopWorld(Program program, Bodies engine) {
        this.program = program;
        this.engine = engine;
    }

    static List<String> run(Program program, Bodies engine) {
        LoopWorld world = new LoopWorld(program, engine);
        try (Runner runner = new Runner(new Clock())) {
            runner.getLoop().setExceptionHandler((loop, context) -> {});
            runner.run(Coroutine.ofVoid("main", world::main));
        }
        return world.endTrace();
    }

    /** Virtual time, and an error where nothing is left to wait for. */
    private static final class Clock implements LoopClock {
        private long nanos;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void park(long duration) {
            if (duration == Long.MAX_VALUE) {
                throw new AssertionError("deadlock");
            }
            nanos += duration;
        }
    }

    private void main(Co co) throws Exception {
        first = Asyncio.currentTask();
        renewFuture();
        try {
            co.withVoid(Asyncio.timeout(END), timeout -> log("result " + shown(co.await(body(0)))));
        } catch (Throwable error) {
            log("main " + shownError(error));
        }
        log("left " + states());
        for (int round = 0; round < 5; round++) {
            List<Task<?>> left = new ArrayList<>(Asyncio.allTasks());
            left.remove(Asyncio.currentTask());
            if (round > 0) {
                left.forEach(Task::cancel);
            }
            if (!left.isEmpty()) {
                co.await(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, left, END));
            }
        }
        log("end " + states() + " " + Math.round(Asyncio.getRunningLoop().time()));
    }

    // ---- what operations are done to

    @SuppressWarnings("unchecked")
    Coroutine<Object> body(int k) {
        return (Coroutine<Object>) engine.make(this, k, program.bodies().get(k));
    }

    Task<?> task(int i) {
        return tasks.isEmpty() ? Asyncio.currentTask() : tasks.get(i % tasks.size());
    }

    /** Of a task only those that were spawned after it, so that none await each other in a circle. */
    Future<?> awaited(int i) {
        Task<?> current = Asyncio.currentTask();
        int from = current == first ? 0 : tasks.contains(current) ? tasks.indexOf(current) + 1 : tasks.size();
        List<Task<?>> known = tasks.subList(from, tasks.size());
        return known.isEmpty() ? future : known.get(i % known.size());
    }

    Awaitable<?> awaitable(int number) {
        return number >= 0 ? body(number) : awaited(-1 - number);
    }

    List<Awaitable<?>> awaitables(List<Integer> numbers) {
        return numbers.stream().<Awaitable<?>>map(this::awaitable).toList();
    }

    Object spawn(int k) {
        if (tasks.size() == SPAWNED) {
            return null;
        }
        tasks.add(Asyncio.createTask(body(k)));
        return tasks.size() - 1;
    }

    Object onDone(int n, Task<?> task) {
        task.addDoneCallback(done -> log(n + " " + (done.cancelled() ? "cancelled" : "done")));
        return null;
    }

    Future<Object> future() {
        return future;
    }

    void renewFuture() {
        future = Asyncio.getRunningLoop().createFuture();
    }

    void fail(int n) {
        future.setException(new Names.Oops(String.valueOf(n)));
    }

    TaskGroup group(int n) {
        groups.put(n, new TaskGroup());
        return groups.get(n);
    }

    Object spawnInGroup(int n, int k) {
        if (!groups.containsKey(n) || tasks.size() == SPAWNED) {
            return null;
        }
        tasks.add(groups.get(n).createTask(body(k)));
        return tasks.size() - 1;
    }

    Timeout timeout(int n, int seconds) {
        timeouts.put(n, seconds < 0 ? Asyncio.timeout() : Asyncio.timeout(seconds));
        return timeouts.get(n);
    }

    Object reschedule(int n, int seconds) {
        if (timeouts.containsKey(n)) {
            timeouts.get(n)
                    .reschedule(seconds < 0 ? null : Asyncio.getRunningLoop().time() + seconds);
        }
        return null;
    }

    Object expired(int n) {
        return timeouts.containsKey(n) ? timeouts.get(n).expired() : null;
    }

    // ---- the trace

    @Override
    void log(String entry) {
        Task<?> task = Asyncio.currentTask();
        super.log((task == null ? "-" : labels.computeIfAbsent(task, each -> labels.size())) + " " + entry);
    }

    @Override
    void got(int n, Object value) {
        log(n + "=" + shown(value));
    }

    @Override
    void caught(int n, Throwable error) {
        log(n + ":" + shownError(error));
    }

    private static String shown(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(LoopWorld::shown).collect(Collectors.joining(" ", "[", "]"));
        }
        if (value instanceof Waited<?> waited) {
            return waited.done().size() + "/" + waited.pending().size();
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        return value instanceof Throwable error ? shownError(error) : Names.shown(value);
    }

    /** As Python shows it; of messages with addresses, what is not one. */
    private static String shownError(Throwable error) {
        if (error instanceof BaseExceptionGroup group) {
            return "Group["
                    + group.exceptions().stream().map(LoopWorld::shownError).collect(Collectors.joining(" ")) + "]";
        }
        String name = error instanceof TimeoutException
                ? "TimeoutError"
                : error.getClass().getSimpleName();
        String text = error.getMessage() == null ? "" : error.getMessage().replaceAll("<.*>", "<>");
        return name + ": " + text + (error.getCause() == null ? "" : " <- " + shownError(error.getCause()));
    }

    @Override
    String states() {
        return tasks.stream()
                .map(task -> (task.cancelled() ? "X" : task.done() ? "D" : "P") + task.cancelling())
                .collect(Collectors.joining(" "));
    }

    // ---- what bodies do

    @Override
    Awaitable<?> awaitable(Source source) {
        if (source instanceof Source.Value value) {
            return Awaitables.fromGenerator(Generator.of(new Once(value.n())));
        }
        return (Awaitable<?>) ((Source.Loop) source).operation().run(this);
    }

    @Override
    @SuppressWarnings("unchecked")
    AsyncContextManager<Object> manager(Manager manager) {
        return (AsyncContextManager<Object>)
                ((Manager.Loop) manager).operation().run(this);
    }

    @Override
    void take(Statement.Step step) {
        Operation operation = ((Statement.Perform) step).operation();
        got(operation.n(), operation.run(this));
    }

    @Override
    void awaits(Program.Kind body, Source source) {}

    @Override
    Object iterable(Source source) {
        throw new AssertionError("all bodies are coroutines");
    }

    @Override
    AsyncIterable<Object> items(Statement.Items items) {
        throw new AssertionError("all bodies are coroutines");
    }
}
