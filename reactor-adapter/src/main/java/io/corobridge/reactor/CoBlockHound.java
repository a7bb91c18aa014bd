package io.corobridge.reactor;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound which calls of the library only look as if they blocked: they happen once, or take a lock that nobody holds for long. A
 * service of BlockHound.
 *
 * <p>Bodies get no leave: one that blocks on a thread that must not is found there. A body that is not woven is found too, since the thread
 * that steps it waits for the body's own.
 */
@SuppressWarnings("exports") // for BlockHound alone
public final class CoBlockHound implements BlockHoundIntegration {
    /** Called by the service loader. */
    public CoBlockHound() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.corobridge.streams.Supports", "find")
                .allowBlockingCallsInside("io.corobridge.reactor.ThreadLocals", "isPresent")
                .allowBlockingCallsInside("io.corobridge.asyncio.PumpedLoop", "timer")
                .allowBlockingCallsInside("io.corobridge.asyncio.PumpedLoop", "setAlarm");
    }
}
