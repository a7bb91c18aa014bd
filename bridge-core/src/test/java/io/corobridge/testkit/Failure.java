package io.corobridge.testkit;

/** Stands for any exception of an application, a checked one. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }
}
