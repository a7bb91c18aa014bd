package io.corobridge.machine;

/** What can be seen of a body from outside. */
public enum BodyAction {
    /** It is run for the first time. */
    START,
    /** It goes on with a value. */
    RESUME,
    /** An exception is raised where it stands. */
    RAISE,
    /** A {@link io.corobridge.GeneratorExit} is. */
    CLOSE,
    /** It yields a value. */
    YIELD,
    /** It suspends until something has ended. */
    AWAIT,
    /** It has ended with a result. */
    RETURN,
    /** It has ended with an exception. */
    FAIL
}
