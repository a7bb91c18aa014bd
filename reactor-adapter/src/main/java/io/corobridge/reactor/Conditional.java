package io.corobridge.reactor;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Fuseable;

/** Subscribers that say whether they have a use for an element. */
final class Conditional {
    private Conditional() {}

    /** The subscriber as one of these, or null. */
    @SuppressWarnings("unchecked") // of the subscriber's own type
    static <T> Fuseable.@Nullable ConditionalSubscriber<? super T> of(CoreSubscriber<? super T> actual) {
        return actual instanceof Fuseable.ConditionalSubscriber<?>
                ? (Fuseable.ConditionalSubscriber<? super T>) actual
                : null;
    }
}
