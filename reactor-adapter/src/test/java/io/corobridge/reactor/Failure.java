package io.corobridge.reactor;

/** Stands for any exception of an application, a checked one. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }
}
