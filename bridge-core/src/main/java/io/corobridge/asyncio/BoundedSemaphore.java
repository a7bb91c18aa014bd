package io.corobridge.asyncio;

import io.corobridge.ValueError;

/** Python's {@code asyncio.BoundedSemaphore}: a {@link Semaphore} that is not released more often than it was acquired. */
public final class BoundedSemaphore extends Semaphore {
    private final int bound;

    /** Makes one that one task can hold. */
    public BoundedSemaphore() {
        this(1);
    }

    /**
     * Makes one.
     *
     * @param value how many tasks can hold it
     * @throws ValueError when it is negative
     */
    public BoundedSemaphore(int value) {
        super(value);
        this.bound = value;
    }

    /**
     * Python's {@code release()}.
     *
     * @throws ValueError when nobody holds it
     */
    @Override
    public void release() {
        if (value() >= bound) {
            throw new ValueError("BoundedSemaphore released too many times");
        }
        super.release();
    }
}
