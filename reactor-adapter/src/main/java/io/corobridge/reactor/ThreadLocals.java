package io.corobridge.reactor;

import io.corobridge.Context;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/** Thread-locals that follow the Reactor Context of a body, where Micrometer's context-propagation library is present. */
final class ThreadLocals {
    private static final boolean PRESENT = isPresent();

    private ThreadLocals() {}

    private static boolean isPresent() {
        try {
            Class.forName("io.micrometer.context.ContextSnapshotFactory", false, ThreadLocals.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    static void follow(Context context) {
        if (PRESENT) {
            context.onEnter(Micrometer.BINDING);
        }
    }

    /** Loaded only where the library is. */
    private static final class Micrometer {
        /** Clears what the Context has no value for: the thread may have served somebody else before. */
        private static final ContextSnapshotFactory FACTORY =
                ContextSnapshotFactory.builder().clearMissing(true).build();

        static final Context.Binding BINDING = Micrometer::set;

        private static final Runnable NOTHING = () -> {};

        private static Runnable set() {
            if (ContextRegistry.getInstance().getThreadLocalAccessors().isEmpty()) {
                return NOTHING;
            }
            ContextSnapshot.Scope scope = FACTORY.setThreadLocalsFrom(CoContext.current());
            return scope::close;
        }
    }
}
