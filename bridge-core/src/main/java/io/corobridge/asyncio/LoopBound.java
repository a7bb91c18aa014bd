package io.corobridge.asyncio;

import io.corobridge.RuntimeError;
import org.jspecify.annotations.Nullable;

/** What belongs to the loop in which somebody first had to wait for it (G21). */
abstract class LoopBound {
    private @Nullable EventLoop loop;

    final EventLoop boundLoop() {
        EventLoop running = Asyncio.getRunningLoop();
        if (loop == null) {
            loop = running;
        }
        if (loop != running) {
            throw new RuntimeError(this + " is bound to a different event loop");
        }
        return running;
    }

    /** What it is and its state, for messages. */
    final String describe(String state, Waiters waiters) {
        int waiting = waiters.size();
        return "<" + getClass().getSimpleName() + " object at 0x"
                + Integer.toHexString(System.identityHashCode(this)) + " [" + state
                + (waiting == 0 ? "" : ", waiters:" + waiting) + "]>";
    }
}
