package io.corobridge.rxjava3;

import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Observable;

/**
 * What becomes of the elements of an Observable that come faster than a body takes them. An Observable cannot be told to wait, and
 * its emitter is never blocked; so one has to choose.
 *
 * <p>Beside what is said here one element waits for the body at any time, since the next one is asked for when one is taken.
 */
public final class Overflow {
    private final Strategy strategy;

    private Overflow(Strategy strategy) {
        this.strategy = strategy;
    }

    /** Makes a Flowable of an Observable. */
    @FunctionalInterface
    private interface Strategy {
        <T> Flowable<T> apply(Observable<T> source);
    }

    /**
     * Elements wait in a queue. When it is full, the subscription is disposed, and after the elements that wait a
     * {@link io.reactivex.rxjava3.exceptions.MissingBackpressureException} is raised.
     *
     * @param capacity how many may wait, at least 1; rounded up to a power of two, as for RxJava's own queues
     * @return a choice
     * @throws IllegalArgumentException when capacity is below 1
     */
    public static Overflow buffer(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, but is " + capacity);
        }
        return new Overflow(new Strategy() {
            @Override
            public <T> Flowable<T> apply(Observable<T> source) {
                return source.toFlowable(BackpressureStrategy.MISSING).onBackpressureBuffer(capacity, true, false);
            }
        });
    }

    /**
     * Elements that come when the body is behind are let go.
     *
     * @return a choice
     */
    public static Overflow drop() {
        return of(BackpressureStrategy.DROP);
    }

    /**
     * The newest element takes the place of the one before that nobody has asked for.
     *
     * @return a choice
     */
    public static Overflow latest() {
        return of(BackpressureStrategy.LATEST);
    }

    /**
     * An element that comes when the body is behind disposes of the subscription, and a
     * {@link io.reactivex.rxjava3.exceptions.MissingBackpressureException} is raised after the one that waits.
     *
     * @return a choice
     */
    public static Overflow error() {
        return of(BackpressureStrategy.ERROR);
    }

    private static Overflow of(BackpressureStrategy rx) {
        return new Overflow(new Strategy() {
            @Override
            public <T> Flowable<T> apply(Observable<T> source) {
                return source.toFlowable(rx);
            }
        });
    }

    <T> Flowable<T> apply(Observable<T> source) {
        return strategy.apply(source);
    }
}
