package io.corobridge.weaver.transform;

/**
 * Says which methods of other classes are woven. Asked for static methods, constructors and {@code super} calls that are given a
 * handle; for others the receiver's class decides at run time.
 */
@FunctionalInterface
public interface WovenMethods {
    /** What is known. */
    enum Answer {
        /** It has the weaver's mark, {@code io.corobridge.engine.Woven}. */
        WOVEN,
        /** It is compiled and has no mark. */
        UNWOVEN,
        /** It is found out at run time, once for each call site. */
        UNKNOWN
    }

    /**
     * Whether a method is woven. For one that is being compiled now the answer is UNKNOWN, since weaving it may turn out to be
     * impossible.
     *
     * @param owner the class, as in the class file: {@code a/b/C$D}
     * @param name the method's name
     * @param descriptor the method's descriptor
     * @return what is known
     */
    Answer isWoven(String owner, String name, String descriptor);
}
