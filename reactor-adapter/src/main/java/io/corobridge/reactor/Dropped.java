package io.corobridge.reactor;

import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Where an error goes that reaches no subscriber: fatal ones are thrown, the others are for Reactor's hook. */
final class Dropped {
    private Dropped() {}

    static void drop(Throwable error, Context context) {
        Exceptions.throwIfJvmFatal(error);
        Operators.onErrorDropped(error, context);
    }
}
