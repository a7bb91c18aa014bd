package io.corobridge.machine;

/** Tells a body whether whoever drives it was told to cancel it. */
public interface CancelSource {
    /**
     * Whether a cancel was asked for and has not reached the body yet.
     *
     * @return true when the body is to be closed at its next suspension
     */
    boolean isCancelDue();
}
