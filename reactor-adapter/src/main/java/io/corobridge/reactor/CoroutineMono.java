package io.corobridge.reactor;

import io.corobridge.Coroutine;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** The Mono that drives a coroutine for each subscriber. */
final class CoroutineMono<T> extends Mono<T> implements Scannable {
    private final Supplier<? extends Coroutine<? extends @Nullable T>> runs;

    private CoroutineMono(Supplier<? extends Coroutine<? extends @Nullable T>> runs) {
        this.runs = runs;
    }

    static <T> Mono<T> of(Supplier<? extends Coroutine<? extends @Nullable T>> runs) {
        return onAssembly(new CoroutineMono<>(runs));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Coroutine<? extends @Nullable T> coroutine;
        try {
            coroutine = Objects.requireNonNull(runs.get(), "the function returned null instead of a coroutine");
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            Operators.error(actual, error);
            return;
        }
        Run<T> run = new Run<>(actual, coroutine);
        actual.onSubscribe(run);
        run.start();
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.NAME ? "coroutine" : null;
    }

    /** One subscriber's run. */
    private static final class Run<T> implements Subscription, Host<@Nullable T>, Scannable {
        private final CoreSubscriber<? super T> actual;
        private final HeldResult<T> held;
        private final Driver<@Nullable T> driver;
        private volatile boolean cancelled;

        Run(CoreSubscriber<? super T> actual, Coroutine<? extends @Nullable T> coroutine) {
            this.actual = actual;
            this.held = new HeldResult<>(actual);
            this.driver = Driver.of(coroutine, this);
        }

        void start() {
            driver.start();
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
                Operators.onDiscard(result, actual.currentContext());
            }
            if (error != null) {
                Dropped.drop(error, actual.currentContext());
            }
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
            return key == Attr.TERMINATED ? held.isOver() && !cancelled : null;
        }
    }
}
