package io.corobridge.weaver.transform;

/** Knows of methods in other classes whether they are woven. */
public interface WovenMethods {
    /** Whether a method is woven. */
    enum Answer {
        /** It is, or will be before it can be called. */
        WOVEN,
        /** It is not. */
        UNWOVEN,
        /** That shows only at run time. */
        UNKNOWN
    }

    /**
     * Whether a method is woven.
     *
     * @param owner the internal name of the class that the call names
     * @param name the method's name
     * @param descriptor the method's descriptor
     * @return the answer
     */
    Answer isWoven(String owner, String name, String descriptor);
}
