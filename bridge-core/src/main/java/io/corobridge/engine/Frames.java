package io.corobridge.engine;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What frames call to talk to the machine, through the {@link Exchange} that they are resumed with: to suspend, and to let a
 * suspension pass. For engines and code generators, not for applications.
 */
public final class Frames {
    private Frames() {}

    /**
     * Whether a suspension is on its way out: every frame it meets saves itself and returns.
     *
     * @param exchange the body's exchange
     * @return true between the suspension and the return to the machine
     */
    public static boolean isSuspending(Exchange exchange) {
        return exchange.isSuspending();
    }

    /**
     * Suspends with a value for whoever steps the body. The frame that calls this returns next.
     *
     * @param exchange the body's exchange
     * @param value what is yielded
     */
    public static void yields(Exchange exchange, @Nullable Object value) {
        exchange.unwind(Outcome.YIELDS, value);
    }

    /**
     * Suspends until something that is stepped in the body's place has ended. The frame that calls this returns next.
     *
     * @param exchange the body's exchange
     * @param sub what to step: an iterator of the protocol
     */
    public static void delegates(Exchange exchange, Object sub) {
        exchange.unwind(Outcome.DELEGATES, sub);
    }

    /**
     * Called by each frame through which a suspension unwinds, innermost first. A body of a single frame need not.
     *
     * @param exchange the body's exchange
     * @param frame the frame that is to be resumed when the one saved before it has ended
     */
    public static void save(Exchange exchange, Frame frame) {
        exchange.save(frame, frame.holdsResources());
    }

    /**
     * Runs code that cannot suspend by frames, in the middle of frames that can: it gets a handoff frame of its own. The frame
     * that calls this checks {@link #isSuspending} next, as after any call that can suspend.
     *
     * @param exchange the body's exchange
     * @param code what to run; it may use the body's handle
     * @return its result
     * @throws Throwable what it raised
     */
    public static @Nullable Object callHandoff(Exchange exchange, Callable<@Nullable Object> code) throws Throwable {
        // An announcement that nobody has taken note of, by a callee that is not woven any more, is not for what runs
        // there.
        exchange.entry = Exchange.PLAIN;
        HandoffFrame frame = new HandoffFrame(exchange, code);
        frame.start(exchange);
        return frame.resume(exchange, null, null);
    }

    /**
     * Calls a lambda that the weaver has woven and that holds the body's handle. The frame that calls this checks
     * {@link #isSuspending} next.
     *
     * @param exchange the body's exchange
     * @param code does nothing but call it
     * @return its result
     * @throws Exception what it raised
     */
    public static @Nullable Object callWoven(Exchange exchange, Callable<@Nullable Object> code) throws Exception {
        exchange.entry = Exchange.CALLED;
        try {
            return code.call();
        } finally {
            // Unless it was given some other handle, it has taken note.
            exchange.entry = Exchange.PLAIN;
        }
    }
}
