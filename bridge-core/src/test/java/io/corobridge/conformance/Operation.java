package io.corobridge.conformance;

import io.corobridge.Awaitable;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Asyncio.ReturnWhen;
import io.corobridge.asyncio.EventLoop;
import io.corobridge.asyncio.Future;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a program does with asyncio.
 *
 * @param kind what it does
 * @param n the number of the statement that it stands in
 * @param seconds a delay or a limit; none when it is negative
 * @param numbers what it is done to: bodies, tasks, or what else the kind says
 */
record Operation(Kind kind, int n, int seconds, List<Integer> numbers) {
    /** Does it in Java. */
    @FunctionalInterface
    private interface InJava {
        Object run(LoopWorld world, Operation o) throws Exception;
    }

    /**
     * In Python source, {@code $n} is the number of the statement, {@code $s} the seconds, {@code $i} the first of the numbers, and
     * {@code $all} all of them. Tasks are numbered as they are spawned; in a list of what can be awaited, a number that is not negative
     * is a body, and -1 - i is task i.
     */
    enum Kind {
        // ---- awaited
        SLEEP("asyncio.sleep($s, $n)", (w, o) -> Asyncio.sleep(o.seconds, o.n)),
        CALL("b$i()", (w, o) -> w.body(o.number())),
        JOIN("awaited($i)", (w, o) -> w.awaited(o.number())),
        SHIELD("asyncio.shield(awaitable($i))", (w, o) -> Asyncio.shield(w.awaitable(o.number()))),
        GATHER("asyncio.gather(*awaitables($all))", (w, o) -> Asyncio.gather(w.awaitables(o.numbers))),
        GATHER_ALL(
                "asyncio.gather(*awaitables($all), return_exceptions=True)",
                (w, o) -> Asyncio.gatherReturningExceptions(w.awaitables(o.numbers))),
        WAIT_FOR("asyncio.wait_for(awaitable($i), $s)", (w, o) -> Asyncio.waitFor(w.awaitable(o.number()), o.seconds)),
        WAIT_FIRST("wait($all, 'FIRST_COMPLETED', $s)", (w, o) -> await(w, o, ReturnWhen.FIRST_COMPLETED)),
        WAIT_FAILED("wait($all, 'FIRST_EXCEPTION', $s)", (w, o) -> await(w, o, ReturnWhen.FIRST_EXCEPTION)),
        WAIT_ALL("wait($all, 'ALL_COMPLETED', $s)", (w, o) -> await(w, o, ReturnWhen.ALL_COMPLETED)),
        FIRST("first(awaitables($all), $s)", (w, o) -> first(w.awaitables(o.numbers), o.seconds)),
        PUT("W.queue.put($n)", (w, o) -> w.queue.put(o.n)),
        GET("W.queue.get()", (w, o) -> w.queue.get()),
        QUEUE_JOIN("W.queue.join()", (w, o) -> w.queue.join()),
        EVENT("W.event.wait()", (w, o) -> w.event),
        FUTURE("W.future", (w, o) -> w.future()),
        ACQUIRE("W.lock.acquire()", (w, o) -> w.lock.acquire()),
        ACQUIRE_ONE("W.semaphore.acquire()", (w, o) -> w.semaphore.acquire()),
        CONDITION("W.condition.wait()", (w, o) -> w.condition),
        CONDITION_UNTIL("W.condition.wait_for(W.event.is_set)", (w, o) -> w.condition.awaitUntil(w.event::isSet)),
        BARRIER("W.barrier.wait()", (w, o) -> w.barrier),
        RESET("W.barrier.reset()", (w, o) -> w.barrier.reset()),
        ABORT("W.barrier.abort()", (w, o) -> w.barrier.abort()),

        // ---- done at once
        SPAWN("spawn(b$i)", (w, o) -> w.spawn(o.number())),
        CANCEL("task($i).cancel('$n')", (w, o) -> w.task(o.number()).cancel(String.valueOf(o.n))),
        CANCELLING("task($i).cancelling()", (w, o) -> w.task(o.number()).cancelling()),
        UNCANCEL(
                "asyncio.current_task().uncancel()",
                (w, o) -> Asyncio.currentTask().uncancel()),
        RESULT("task($i).result()", (w, o) -> w.task(o.number()).result()),
        EXCEPTION("task($i).exception()", (w, o) -> w.task(o.number()).exception()),
        ON_DONE("on_done($n, $i)", (w, o) -> w.onDone(o.n, w.task(o.number()))),
        LATER("later($s, task($i))", (w, o) -> later(o.seconds, w.task(o.number()))),
        SOON("soon($n)", (w, o) -> soon(w, o.n)),
        SET("W.event.set()", (w, o) -> done(w.event::set)),
        CLEAR("W.event.clear()", (w, o) -> done(w.event::clear)),
        RENEW("renew()", (w, o) -> done(w::renewFuture)),
        RESOLVE("W.future.set_result($n)", (w, o) -> done(() -> w.future().setResult(o.n))),
        FAIL("W.future.set_exception(Oops($n))", (w, o) -> done(() -> w.fail(o.n))),
        CANCEL_FUTURE("W.future.cancel('$n')", (w, o) -> w.future().cancel(String.valueOf(o.n))),
        NOTIFY("W.condition.notify($i)", (w, o) -> done(() -> w.condition.signal(o.number()))),
        NOTIFY_ALL("W.condition.notify_all()", (w, o) -> done(w.condition::signalAll)),
        RELEASE("W.lock.release()", (w, o) -> done(w.lock::release)),
        RELEASE_ONE("W.semaphore.release()", (w, o) -> done(w.semaphore::release)),
        PUT_NOWAIT("W.queue.put_nowait($n)", (w, o) -> done(() -> w.queue.putNowait(o.n))),
        GET_NOWAIT("W.queue.get_nowait()", (w, o) -> w.queue.getNowait()),
        TASK_DONE("W.queue.task_done()", (w, o) -> done(w.queue::taskDone)),
        SHUTDOWN("W.queue.shutdown()", (w, o) -> done(w.queue::shutdown)),
        SHUTDOWN_AT_ONCE("W.queue.shutdown(True)", (w, o) -> done(() -> w.queue.shutdown(true))),
        GROUP_SPAWN("group_spawn($all)", (w, o) -> w.spawnInGroup(o.number(), o.numbers.get(1))),
        RESCHEDULE("reschedule($i, $s)", (w, o) -> w.reschedule(o.number(), o.seconds)),
        EXPIRED("expired($i)", (w, o) -> w.expired(o.number())),

        // ---- entered
        LOCK("W.lock", (w, o) -> w.lock),
        SEMAPHORE("W.semaphore", (w, o) -> w.semaphore),
        UNDER_CONDITION("W.condition", (w, o) -> w.condition),
        TIMEOUT("timeout($n, $s)", (w, o) -> w.timeout(o.n, o.seconds)),
        GROUP("group($n)", (w, o) -> w.group(o.n));

        private final String python;
        private final InJava java;

        Kind(String python, InJava java) {
            this.python = python;
            this.java = java;
        }
    }

    private int number() {
        return numbers.get(0);
    }

    String python() {
        String all = numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        return kind.python
                .replace("$all", all)
                .replace("$n", String.valueOf(n))
                .replace("$s", seconds < 0 ? "None" : String.valueOf(seconds))
                .replace("$i", numbers.isEmpty() ? "" : String.valueOf(number()));
    }

    /** To be read by people. */
    String java() {
        return kind + "(" + (seconds == 0 ? "" : seconds + " s ") + numbers + ")";
    }

    Object run(LoopWorld world) {
        try {
            return kind.java.run(world, this);
        } catch (Exception e) {
            throw Names.<RuntimeException>raised(e);
        }
    }

    private static Object done(Runnable effect) {
        effect.run();
        return null;
    }

    private static Object await(LoopWorld world, Operation o, ReturnWhen when) {
        List<Future<?>> tasks =
                o.numbers.stream().<Future<?>>map(world::awaited).toList();
        return o.seconds < 0 ? Asyncio.waitUntil(when, tasks) : Asyncio.waitUntil(when, tasks, o.seconds);
    }

    @SuppressWarnings("unchecked")
    private static Object first(List<? extends Awaitable<?>> awaitables, int seconds) {
        return Asyncio.asCompleted((List<Awaitable<Object>>) awaitables, seconds)
                .iterator()
                .next();
    }

    private static Object later(int seconds, Future<?> task) {
        EventLoop loop = Asyncio.getRunningLoop();
        loop.callLater(seconds, () -> task.cancel("later"));
        return null;
    }

    private static Object soon(LoopWorld world, int n) {
        Asyncio.getRunningLoop().callSoon(() -> world.log(n + " soon"));
        return null;
    }
}
