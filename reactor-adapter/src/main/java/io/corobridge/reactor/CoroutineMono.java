package io.corobridge.reactor;

import io.corobridge.Awaitable;
import io.corobridge.Context;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import io.corobridge.streams.HeldResult;
import io.corobridge.streams.Hooks;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/** The Mono that drives a coroutine, or another awaitable, for each subscriber. */
final class CoroutineMono<T> extends Mono<T> implements Scannable {
    private final String name;
    private final Supplier<? extends Awaitable<? extends @Nullable T>> runs;
    private final @Nullable Scheduler scheduler;

    private CoroutineMono(
            String name, Supplier<? extends Awaitable<? extends @Nullable T>> runs, @Nullable Scheduler scheduler) {
        this.name = name;
        this.runs = runs;
        this.scheduler = scheduler;
    }

    /** The name is for who scans it. */
    static <T> Mono<T> of(
            String name, Supplier<? extends Awaitable<? extends @Nullable T>> runs, @Nullable Scheduler scheduler) {
        return onAssembly(new CoroutineMono<>(name, runs, scheduler));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Run<T> run;
        try {
            Awaitable<? extends @Nullable T> awaitable =
                    Objects.requireNonNull(runs.get(), "the function returned null instead of a coroutine");
            run = new Run<>(name, actual, awaitable, scheduler);
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            Operators.error(actual, error);
            return;
        }
        actual.onSubscribe(run);
        run.start();
    }

    @Override
    public String stepName() {
        return name;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.NAME ? name : AsyncIterableFlux.Run.scanScheduler(key, scheduler);
    }

    /** One subscriber's run. */
    private static final class Run<T> implements Subscription, Host<@Nullable T>, Hooks, Scannable {
        private final CoreSubscriber<? super T> actual;
        private final HeldResult<T> held;
        private final Driver<@Nullable T> driver;
        private final String name;
        private final @Nullable Scheduler scheduler;
        private final @Nullable Executor executor;
        private volatile boolean cancelled;

        Run(
                String name,
                CoreSubscriber<? super T> actual,
                Awaitable<? extends @Nullable T> awaitable,
                @Nullable Scheduler scheduler) {
            this.name = name;
            this.actual = actual;
            this.held = new HeldResult<>(actual, this);
            this.scheduler = scheduler;
            this.executor = scheduler == null ? null : CoSchedulers.executor(scheduler);
            this.driver = executor == null ? Driver.of(awaitable, this) : Driver.of(awaitable, this, executor);
        }

        void start() {
            Context context = CoContext.of(actual.currentContext());
            Runnable first = context == null ? driver::start : () -> driver.start(context);
            if (executor == null) {
                first.run();
            } else {
                executor.execute(first);
            }
        }

        @Override
        public void request(long n) {
            if (n > 0) {
                held.request();
            } else if (held.end()) {
                try {
                    driver.cancel();
                } finally {
                    actual.onError(Exceptions.nullOrNegativeRequestException(n));
                }
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (held.end()) {
                driver.cancel();
            }
        }

        @Override
        public void returned(@Nullable T result) {
            held.complete(result);
        }

        @Override
        public void raised(Throwable error) {
            held.fail(error);
        }

        @Override
        public void cancelled(@Nullable T result, @Nullable Throwable error) {
            if (result != null) {
                discard(result);
            }
            if (error != null) {
                drop(error);
            }
        }

        @Override
        public void discard(Object value) {
            Operators.onDiscard(value, actual.currentContext());
        }

        @Override
        public void drop(Throwable error) {
            Dropped.drop(error, actual.currentContext());
        }

        @Override
        public void checkFatal(Throwable error) {
            Exceptions.throwIfJvmFatal(error);
        }

        @Override
        public String stepName() {
            return name;
        }

        @Override
        @SuppressWarnings("rawtypes") // as Reactor declares it
        public @Nullable Object scanUnsafe(Attr key) {
            if (key == Attr.ACTUAL) {
                return actual;
            }
            if (key == Attr.CANCELLED) {
                return cancelled;
            }
            if (key == Attr.TERMINATED) {
                return held.isOver() && !cancelled;
            }
            return AsyncIterableFlux.Run.scanScheduler(key, scheduler);
        }
    }
}
