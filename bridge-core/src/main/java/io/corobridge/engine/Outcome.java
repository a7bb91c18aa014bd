package io.corobridge.engine;

/** How resuming a body's frames ended. */
public enum Outcome {
    /** The body yields a value to whoever steps it. */
    YIELDS,
    /** The body awaits, or yields from, something that the machine is to step in its place. */
    DELEGATES,
    /** The body returned. */
    RETURNS,
    /** The body raised. */
    RAISES
}
