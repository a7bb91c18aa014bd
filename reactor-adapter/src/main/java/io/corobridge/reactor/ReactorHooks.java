package io.corobridge.reactor;

import io.corobridge.streams.Hooks;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;

/** The hooks that Reactor has for all, or for the Context of one subscriber. */
record ReactorHooks(CoreSubscriber<?> actual) implements Hooks {
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
}
