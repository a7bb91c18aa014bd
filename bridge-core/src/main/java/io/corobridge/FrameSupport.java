package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * What a body that brings its own frames does with its handle, in place of the handle's suspending methods. For engines.
 *
 * <p>To be called on the thread that steps the body, while its frame is being resumed; the frame sees to that.
 */
public final class FrameSupport {
    private FrameSupport() {}

    /**
     * Python's {@code await}: {@link Co#await(Awaitable)} for frames. When the handle
     * {@link io.corobridge.engine.Frames#isSuspending is suspending} afterwards, the frame returns at once, and is resumed
     * with the outcome.
     *
     * @param co the body's handle
     * @param awaitable what to wait for
     * @return its result, unless the body suspends
     */
    public static @Nullable Object await(Co co, @Nullable Awaitable<?> awaitable) {
        return co.<@Nullable Object>awaitInside(awaitable);
    }

    /**
     * Whether the body is to be closed at its next suspension: one that could go on without suspending suspends all the same.
     *
     * @param handle the body's handle
     * @return true when its driver was told to cancel it
     */
    public static boolean isCancelDue(Handle handle) {
        return handle.isCancelDue();
    }

    /**
     * {@link Handle#checkCancelled()} for frames. When the handle {@link io.corobridge.engine.Frames#isSuspending is suspending}
     * afterwards, the frame returns at once.
     *
     * @param handle the body's handle
     */
    public static void checkCancelled(Handle handle) {
        handle.checkCancelledInside();
    }

    /**
     * Has a resource closed when the body has ended, as {@link Co#each} does with what it loops over.
     *
     * @param co the body's handle
     * @param resource what to close; closing it twice must do nothing
     */
    public static void closeAtEnd(Co co, AutoCloseable resource) {
        co.holds(resource);
    }

    /**
     * The error for a handle that is used anywhere but in its own running body.
     *
     * @param handle the body's handle
     * @return the exception to throw
     */
    public static IllegalStateException outsideBody(Handle handle) {
        return handle.misused();
    }
}
