package io.corobridge.machine;

import org.jspecify.annotations.Nullable;

/** What drives a body under a name that users know. Asked by whoever looks at what is suspended, from any thread. */
public interface NamedDriver {
    /**
     * The name of the task.
     *
     * @return the present one
     */
    String driverName();

    /**
     * Whose group of tasks it is in.
     *
     * @return the body that does not end before this one, or null
     */
    @Nullable
    Object parent();
}
