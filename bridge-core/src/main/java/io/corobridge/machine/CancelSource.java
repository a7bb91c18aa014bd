package io.corobridge.machine;

/** Whoever drives a body and may have been told to cancel it. */
public interface CancelSource {
    /**
     * Whether a cancel was asked for and has not reached the body yet.
     *
     * @return true when the body is to be closed at its next suspension
     */
    boolean isCancelDue();

    /**
     * Takes a cancel that is due, to raise it in the body at once.
     *
     * @return true when there was one; it will not be delivered again
     */
    boolean takeCancel();
}
