package io.corobridge.rxjava3;

import io.corobridge.Awaitable;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.drive.Runs;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableSource;
import io.reactivex.rxjava3.core.CompletableTransformer;
import io.reactivex.rxjava3.core.Scheduler;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Coroutines as {@link Completable}, and Completables in coroutines. */
public final class CoCompletable {
    private CoCompletable() {}

    /**
     * A coroutine as a Completable. Cold: the first subscription runs the coroutine, and each later one, such as a retry, a new coroutine
     * with the same body. A coroutine that was stepped before is {@code onError(RuntimeError)}.
     *
     * <p>Its return is {@code onComplete}, whatever the result. What it raises is {@code onError}, the
     * same instance. {@code dispose()} is the awaited close: {@code GeneratorExit} is raised where the body is suspended, and its
     * clean-up is driven to the end although nobody waits; {@code dispose()} itself returns before that. What a disposed body
     * raises all the same goes to {@code RxJavaPlugins.onError}, unless it says only that it was cancelled.
     *
     * <p>The first step runs on the subscribing thread, each later one on the thread that completes what the body awaits.
     *
     * @param coroutine what to run
     * @return a Completable
     */
    public static Completable from(Coroutine<?> coroutine) {
        return CoroutineCompletable.of(Runs.of(Objects.requireNonNull(coroutine, "coroutine")), null);
    }

    /**
     * As {@link #from(Coroutine)}, with every step in a task of a scheduler. Where the scheduler is shut down, a step that is left
     * runs on the thread that asks for it.
     *
     * @param coroutine what to run
     * @param scheduler where it runs
     * @return a Completable
     */
    public static Completable from(Coroutine<?> coroutine, Scheduler scheduler) {
        return CoroutineCompletable.of(
                Runs.of(Objects.requireNonNull(coroutine, "coroutine")),
                Objects.requireNonNull(scheduler, "scheduler"));
    }

    /**
     * As {@link #from(Coroutine)}, with a new coroutine for each subscription.
     *
     * @param function makes a new coroutine at each call; what it throws is {@code onError}
     * @return a Completable
     */
    public static Completable defer(Supplier<? extends Coroutine<?>> function) {
        return CoroutineCompletable.of(Objects.requireNonNull(function, "function"), null);
    }

    /**
     * A Completable as an awaitable: {@code co.await(CoCompletable.awaitable(completable))}. Each await subscribes;
     * {@code onError(e)} is raised there, the same instance. Giving up the await disposes the subscription. An error that comes
     * later goes to {@code RxJavaPlugins.onError}, unless it says only that something was cancelled.
     *
     * @param completable what to wait for
     * @return an awaitable that may be awaited any number of times
     */
    public static Awaitable<@Nullable Void> awaitable(CompletableSource completable) {
        Objects.requireNonNull(completable, "completable");
        return () -> new AwaitObserver<Void>(completable, completable::subscribe, value -> {});
    }

    /**
     * An operator written as the body of a coroutine, for {@code completable.compose(CoCompletable.stage(..))}: it awaits the source
     * when it likes, may catch its error, and returns when the Completable is to complete.
     *
     * <p>Each subscription runs the body anew; otherwise as {@link #from(Coroutine)}.
     *
     * @param body awaits the source
     * @return an operator
     */
    public static CompletableTransformer stage(Stage body) {
        Objects.requireNonNull(body, "body");
        return source -> {
            Awaitable<@Nullable Void> upstream = awaitable(source);
            return CoroutineCompletable.of(() -> Coroutine.ofVoid("stage", co -> body.run(co, upstream)), null);
        };
    }

    /** The body of an operator. */
    @FunctionalInterface
    public interface Stage {
        /**
         * Runs once for each subscription.
         *
         * @param co the body's handle
         * @param source what the operator is applied to; each await subscribes to it
         * @throws Exception what it raises is {@code onError}
         */
        void run(Co co, Awaitable<@Nullable Void> source) throws Exception;
    }
}
