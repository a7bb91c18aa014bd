package io.corobridge.samples.pipeline;

/** The file cannot be read or is not a weather file; the message is one line for the user. */
final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }
}
