package io.corobridge.reactor;

import io.corobridge.Pending;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The await of a source that can be called instead of subscribed to, such as {@code fromCallable}: as in Reactor's own operators, there
 * is no subscription then.
 */
final class CallableAwait<T> extends Pending<@Nullable T> {
    private final Callable<? extends @Nullable T> source;
    private final Context context = CoContext.current();

    CallableAwait(Callable<? extends @Nullable T> source) {
        this.source = source;
    }

    @Override
    public Object source() {
        return source;
    }

    @Override
    @SuppressWarnings("NullAway") // the result is @Nullable T
    protected void open() {
        T value;
        try {
            value = source.call();
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            if (!settleFailed(error)) {
                Dropped.drop(error, context);
            }
            return;
        }
        if (!settle(value) && value != null) {
            Operators.onDiscard(value, context);
        }
    }

    /** The call cannot be interrupted; its outcome finds that nobody waits. */
    @Override
    protected void release() {}
}
