package io.corobridge.asyncio;

/**
 * The errors of the JVM itself. They end the run of a loop, as SystemExit and KeyboardInterrupt do in Python; everything else is
 * the business of whoever awaits.
 */
final class Fatal {
    private Fatal() {}

    static boolean is(Throwable error) {
        return error instanceof VirtualMachineError || error instanceof LinkageError;
    }

    static void rethrow(Throwable error) {
        if (is(error)) {
            throw (Error) error;
        }
    }
}
