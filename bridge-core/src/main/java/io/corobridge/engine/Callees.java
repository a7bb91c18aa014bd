package io.corobridge.engine;

import org.jspecify.annotations.Nullable;

/**
 * The calls of one class whose callee is only known at run time, each with the class of the receiver that it met last and
 * whether the method that such a call ends in is woven.
 *
 * <p>Shared by all threads. An entry is written as one reference to an object with final fields, so a race costs a look-up.
 */
public final class Callees {
    private final String[] calls;
    private final Known[] known;

    private record Known(Class<?> type, boolean isWoven, boolean isAnnounced) {}

    private Callees(String[] calls) {
        this.calls = calls;
        this.known = new Known[calls.length];
    }

    /**
     * Makes one that has met nothing yet.
     *
     * @param calls each as {@code owner.name(descriptor)}, in the order of their numbers, one to a line
     * @return for one class
     */
    public static Callees of(String calls) {
        return new Callees(calls.split("\n"));
    }

    /**
     * Whether the method that a call ends in is woven; if so, announces the call.
     *
     * @param receiver the receiver, or the class for a static method
     * @param exchange the handle that is passed
     * @param call the number of the call
     * @return true to go ahead; false when the callee needs a thread
     */
    public boolean announce(@Nullable Object receiver, Exchange exchange, int call) {
        if (receiver == null) {
            return true;
        }
        Class<?> type = receiver instanceof Class<?> owner ? owner : receiver.getClass();
        Known met = known[call];
        if (met == null || met.type != type) {
            boolean isWoven = WovenTargets.isWoven(type, calls[call]);
            met = new Known(type, isWoven, isWoven && !WovenTargets.isConstructor(calls[call]));
            known[call] = met;
        }
        if (met.isAnnounced) {
            WovenCode.calling(exchange);
        }
        return met.isWoven;
    }
}
