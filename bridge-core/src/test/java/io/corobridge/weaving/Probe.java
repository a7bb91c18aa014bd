package io.corobridge.weaving;

import io.corobridge.AsyncContextManager;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.StopAsyncIteration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The world of one run of a body under test: what it can await, loop over and open, and where its side effects are written.
 *
 * <p>It also notices whether it is used on the thread that steps the body: a woven body never uses another one. The two threads
 * of a handoff take turns, and the handoff publishes what either wrote.
 */
public final class Probe {
    private final Trace trace;
    private final Thread stepper = Thread.currentThread();
    private final Queue<Ask<?>> started = new ArrayDeque<>();
    private final List<Object> kept = new ArrayList<>();
    private boolean usedHere;
    private boolean usedElsewhere;

    Probe(Trace trace) {
        this.trace = trace;
    }

    /** Writes down a side effect. */
    public void log(@Nullable Object what) {
        noticeThread();
        note("log " + Shown.value(what));
    }

    /** Writes down that a value was computed, and returns it: for the order of evaluation. */
    public <T extends @Nullable Object> T say(T value) {
        noticeThread();
        note("say " + Shown.value(value));
        return value;
    }

    /** Writes down an exception with the lines it was raised at. */
    public void caught(Throwable error) {
        noticeThread();
        trace.add("caught", error);
    }

    /** Keeps what a body may leave suspended from being closed by the garbage collector, at some time, within the run. */
    public <T> T keep(T made) {
        kept.add(made);
        return made;
    }

    /** Awaiting it suspends once, and results in the value. */
    public <T> Awaitable<T> ask(T answer) {
        noticeThread();
        return () -> new Ask<>(this, answer);
    }

    /** Awaiting it results in the value without suspending. */
    public <T> Awaitable<T> ready(T value) {
        noticeThread();
        return Awaitables.ready(value);
    }

    /** Awaiting it raises without suspending. */
    public <T> Awaitable<@Nullable T> failed(Throwable error) {
        noticeThread();
        return Awaitables.failed(error);
    }

    /** Asks for the numbers from 0, then ends. */
    public AsyncIterable<Integer> numbers(int count) {
        noticeThread();
        return () -> new Numbers(count);
    }

    /** Asks when it is entered and left; gives its block its name. */
    public AsyncContextManager<String> manager(String name) {
        noticeThread();
        return new Manager(name, false);
    }

    /** As {@link #manager}, and swallows what the block raises. */
    public AsyncContextManager<String> swallowing(String name) {
        noticeThread();
        return new Manager(name, true);
    }

    /** A resource whose closing is written down. */
    public Resource open(String name) {
        log("open " + name);
        return () -> log("close " + name);
    }

    /** A resource that raises when it is closed. */
    public Resource openBad(String name) {
        log("open " + name);
        return () -> {
            log("close " + name);
            throw new IllegalStateException("closing " + name);
        };
    }

    /** Closes without a checked exception. */
    @FunctionalInterface
    public interface Resource extends AutoCloseable {
        @Override
        void close();
    }

    void note(String event) {
        trace.add(event);
    }

    void started(Ask<?> ask) {
        note("started " + ask.source());
        started.add(ask);
    }

    @Nullable
    Ask<?> takeStarted() {
        return started.poll();
    }

    /** Whether code of the body has run on the thread that steps it. */
    boolean usedHere() {
        return usedHere;
    }

    /** Whether code of the body has run on another thread. */
    boolean usedElsewhere() {
        return usedElsewhere;
    }

    void forgetThreads() {
        usedHere = false;
        usedElsewhere = false;
    }

    private void noticeThread() {
        if (Thread.currentThread() == stepper) {
            usedHere = true;
        } else {
            usedElsewhere = true;
        }
    }

    private final class Numbers implements AsyncIterator<Integer>, AutoCloseable {
        private final int count;
        private int next;

        Numbers(int count) {
            this.count = count;
        }

        @Override
        public Awaitable<Integer> anext() {
            if (next == count) {
                return failed(new StopAsyncIteration());
            }
            return ask(next++);
        }

        @Override
        public void close() {
            note("numbers closed");
        }
    }

    private final class Manager implements AsyncContextManager<String> {
        private final String name;
        private final boolean swallows;

        Manager(String name, boolean swallows) {
            this.name = name;
            this.swallows = swallows;
        }

        @Override
        public Awaitable<String> aenter() {
            note("enter " + name);
            return ask(name);
        }

        @Override
        public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
            if (error == null) {
                note("exit " + name);
            } else {
                trace.add("exit " + name, error);
            }
            return ask(swallows);
        }
    }
}
