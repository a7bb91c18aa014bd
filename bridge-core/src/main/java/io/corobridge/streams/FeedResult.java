package io.corobridge.streams;

import io.corobridge.Generator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/**
 * A fed generator that consumes: what it yields is discarded, and its result is the only element, kept until it is requested.
 *
 * @param <S> what is sent
 * @param <R> what is returned
 */
public non-sealed class FeedResult<S, R> extends Feed<S, Object, R, R> {
    /**
     * Makes one that is to be subscribed to the source.
     *
     * @param actual gets the result; null completes empty
     * @param generator stands at its first yield, see {@link Feed#open}
     * @param hooks gets what reaches nobody
     */
    public FeedResult(
            Subscriber<? super R> actual, Generator<?, ? super S, ? extends @Nullable R> generator, Hooks hooks) {
        super(actual, generator, hooks);
    }

    @Override
    final void requested(long n) {
        if (held.request()) {
            requestUpstream(Long.MAX_VALUE);
        }
    }

    @Override
    final void yielded(Object value) {
        discard(value);
    }

    @Override
    final void recovered(Object value, @Nullable R result) {
        discard(value);
        held.complete(result);
    }

    @Override
    final void returned(@Nullable R result) {
        held.complete(result);
    }
}
