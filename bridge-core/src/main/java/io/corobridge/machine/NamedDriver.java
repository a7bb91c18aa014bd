package io.corobridge.machine;

/** What drives a body under a name that users know. Asked by whoever looks at what is suspended, from any thread. */
public interface NamedDriver {
    /**
     * The name of the task.
     *
     * @return the present one
     */
    String driverName();
}
