package io.corobridge.streams;

/** What a host library does with values and errors that reach no subscriber. Called on the thread on which they show. */
public interface Hooks {
    /**
     * Takes a value that reaches nobody: it came after a cancel, or was fetched ahead of one.
     *
     * @param value the value
     */
    void discard(Object value);

    /**
     * Takes an error that reaches nobody. What this method throws goes on to whoever has signalled, requested or cancelled.
     *
     * @param error the error
     */
    void drop(Throwable error);

    /**
     * Called before an error is signalled; a host that wants some errors thrown instead of signalled throws them here.
     *
     * @param error what a body raised
     */
    void checkFatal(Throwable error);
}
