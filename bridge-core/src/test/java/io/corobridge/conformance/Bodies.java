package io.corobridge.conformance;

/** Makes the objects of a program's bodies, on an engine of this module or of another. */
@FunctionalInterface
interface Bodies {
    /** Makes the coroutine, generator or async generator of the k-th body. */
    Object make(World world, int k, Program.Body body);

    /** Whether the language that the bodies are written in lets one write this program. */
    default boolean canExpress(Program program) {
        return true;
    }
}
