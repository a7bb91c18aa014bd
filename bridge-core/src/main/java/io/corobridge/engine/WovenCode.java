package io.corobridge.engine;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What woven methods call to talk to the engine. Not for source code.
 *
 * <p>A woven caller announces each call of a woven method ({@link #calling}), and the callee takes note when it begins
 * ({@link #enter}). A woven method that is entered unannounced was called by plain code, which would go on with a meaningless
 * value if the method suspended by frames: it runs as plain code too, on the thread that plain code has, or not at all.
 */
public final class WovenCode {
    private WovenCode() {}

    /**
     * Announces the call that comes next.
     *
     * @param exchange what the callee is given as its handle
     */
    public static void calling(@Nullable Exchange exchange) {
        if (exchange != null) {
            exchange.entry = Exchange.CALLED;
        }
    }

    /**
     * Announces the call that comes next if its callee is woven, for call sites without a memory of their own.
     *
     * @param receiver the receiver, or the class for a static method
     * @param exchange the handle that is passed
     * @param call {@code owner.name(descriptor)}
     * @return true to go ahead; false when the callee needs a thread
     */
    public static boolean announce(@Nullable Object receiver, Exchange exchange, String call) {
        if (receiver == null) {
            return true;
        }
        Class<?> type = receiver instanceof Class<?> owner ? owner : receiver.getClass();
        if (!WovenTargets.isWoven(type, call)) {
            return false;
        }
        if (!WovenTargets.isConstructor(call)) {
            calling(exchange);
        }
        return true;
    }

    /**
     * The first thing in a woven method that can suspend.
     *
     * @param exchange its handle
     * @return true when it is to go on from its frame; false when it begins
     * @throws IllegalStateException when plain code uses a handle outside its own running body
     */
    public static boolean enter(@Nullable Exchange exchange) {
        if (exchange == null) {
            return false;
        }
        int entry = exchange.entry;
        if (entry == Exchange.CALLED) {
            exchange.entry = Exchange.PLAIN;
            return false;
        }
        if (entry != Exchange.PLAIN) {
            return true;
        }
        if (!exchange.isOwnThread()) {
            throw exchange.outsideBody();
        }
        return false;
    }

    /**
     * The first thing in a woven method that takes a handle and never suspends.
     *
     * @param exchange its handle
     */
    public static void pass(@Nullable Exchange exchange) {
        if (exchange != null && exchange.entry == Exchange.CALLED) {
            exchange.entry = Exchange.PLAIN;
        }
    }

    /**
     * The frame to go on from.
     *
     * @param exchange the handle
     * @return the frame that is being resumed
     */
    public static WovenFrame frame(Exchange exchange) {
        return exchange.resumed();
    }

    /**
     * Where the resumed method stands.
     *
     * @param frame the frame that is being resumed
     * @return the number of the suspension point
     */
    public static int site(WovenFrame frame) {
        return frame.position & WovenFrame.SITE_MASK;
    }

    /**
     * Which method of the class a frame belongs to.
     *
     * @param frame the frame that is being resumed
     * @return the number of the method
     */
    public static int method(WovenFrame frame) {
        return (frame.position & Integer.MAX_VALUE) >>> Integer.bitCount(WovenFrame.SITE_MASK);
    }

    /**
     * The place of the suspension point that a frame stands at.
     *
     * @param frame a frame that is suspended
     * @param className the binary name of its class
     * @param lines the source file, and for each method in its order a line of text with its name and the lines of its suspension
     *     points
     * @return the place, or null when the class has too many to be written down
     */
    public static @Nullable StackTraceElement where(WovenFrame frame, String className, String lines) {
        if (lines.isEmpty()) {
            return null;
        }
        String[] methods = lines.split("\n", -1);
        String[] sites = methods[1 + method(frame)].split("\t", -1);
        return new StackTraceElement(
                className,
                sites[0],
                methods[0].isEmpty() ? null : methods[0],
                Integer.parseInt(sites[1 + site(frame)]));
    }

    /**
     * What the suspension point evaluates to.
     *
     * @param exchange the handle
     * @return the value sent, or the callee's result
     * @throws Throwable what is raised there instead
     */
    public static @Nullable Object sent(Exchange exchange) throws Throwable {
        return exchange.takeSent();
    }

    /**
     * The last thing in a woven method that suspends.
     *
     * @param position the suspension point
     * @param frame what it has saved
     * @param exchange its handle
     */
    public static void saved(int position, WovenFrame frame, Exchange exchange) {
        frame.position = position;
        exchange.save(frame, position < 0);
    }

    /**
     * What a woven method asks after each call that can suspend.
     *
     * @param exchange its handle
     * @return true when it is to save itself and return
     */
    public static boolean isSuspending(Exchange exchange) {
        return exchange.isSuspending();
    }

    /**
     * Calls code that does not suspend by frames.
     *
     * @param code the call
     * @param exchange the body's handle
     * @param call {@code owner.name(descriptor)}
     * @return its result; meaningless when {@link #isSuspending}
     * @throws Throwable what it raises
     */
    public static @Nullable Object callPlain(Callable<@Nullable Object> code, Exchange exchange, String call)
            throws Throwable {
        if (exchange.hasThread()) {
            return code.call();
        }
        HandoffUse.CURRENT.ofCall(call);
        return Frames.callHandoff(exchange, code);
    }
}
