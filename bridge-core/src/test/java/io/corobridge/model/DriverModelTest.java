package io.corobridge.model;

import static io.corobridge.model.Interleavings.check;
import static io.corobridge.model.Interleavings.together;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Pending;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A driver's start, the outcome of what it awaits, and its cancel, in every order: the host is told once, a result is told if it came before
 * the cancel, and the operation is cancelled once if it was started and had no result.
 */
@Tag("model")
class DriverModelTest {
    /** Ends when somebody says so, which may be while it is being started. */
    private static final class Operation extends Pending<Object> implements Awaitable<Object> {
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger released = new AtomicInteger();

        @Override
        public AwaitIterator<Object> awaitIterator() {
            return this;
        }

        @Override
        public Object source() {
            return "operation";
        }

        @Override
        protected void open() {
            opened.incrementAndGet();
        }

        @Override
        protected void release() {
            released.incrementAndGet();
        }

        boolean end() {
            return settle("result");
        }
    }

    private static final class Told implements Host<Object> {
        private final AtomicInteger times = new AtomicInteger();

        /** The last thing. */
        private volatile String what = "nothing";

        private void told(String what) {
            times.incrementAndGet();
            this.what = what;
        }

        @Override
        public void returned(Object result) {
            told("returned " + result);
        }

        @Override
        public void raised(Throwable error) {
            told("raised " + error);
        }

        @Override
        public void cancelled(@Nullable Object result, @Nullable Throwable error) {
            told("cancelled " + result + " " + error);
        }
    }

    @Test
    void outcomeAgainstCancel() {
        Interleavings.of(() -> {
            Operation operation = new Operation();
            Told told = new Told();
            Driver<Object> driver = Driver.of(operation, told);
            driver.start();
            boolean[] settled = new boolean[1];
            together(() -> settled[0] = operation.end(), driver::cancel);

            check(told.times.get() == 1, "told once", told.times);
            check(operation.released.get() == (settled[0] ? 0 : 1), "released unless it ended", operation.released);
            check(
                    settled[0]
                            ? told.what.endsWith("result") || told.what.contains(" result ")
                            : told.what.equals("cancelled null null"),
                    "the outcome is told",
                    told.what);
        });
    }

    @Test
    void startAgainstCancel() {
        Interleavings.of(() -> {
            Operation operation = new Operation();
            Told told = new Told();
            Driver<Object> driver = Driver.of(operation, told);
            together(driver::start, driver::cancel);

            check(told.times.get() == 1, "told once", told.times);
            check(told.what.equals("cancelled null null"), "told that it was cancelled", told.what);
            check(operation.opened.get() == operation.released.get(), "released if it was opened", operation.opened);
        });
    }

    @Test
    void startAgainstOutcomeAndCancel() {
        Interleavings.of(() -> {
            Operation operation = new Operation();
            Told told = new Told();
            Driver<Object> driver = Driver.of(operation, told);
            boolean[] settled = new boolean[1];
            together(driver::start, () -> settled[0] = operation.end(), driver::cancel);

            check(told.times.get() == 1, "told once", told.times);
            check(!told.what.startsWith("raised"), "nothing is raised", told.what);
            check(settled[0] == told.what.contains("result"), "the outcome is told", told.what);
        });
    }

    @Test
    void twoCancels() {
        Interleavings.of(() -> {
            Operation operation = new Operation();
            Told told = new Told();
            Driver<Object> driver = Driver.of(operation, told);
            driver.start();
            together(driver::cancel, driver::cancel);

            check(told.times.get() == 1, "told once", told.times);
            check(operation.released.get() == 1, "released once", operation.released);
        });
    }
}
