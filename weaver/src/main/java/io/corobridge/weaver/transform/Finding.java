package io.corobridge.weaver.transform;

/**
 * Something that cannot be woven, or not as its author may expect.
 *
 * @param kind why
 * @param className the internal name of the class it was found in
 * @param method the method's name
 * @param descriptor the method's descriptor
 * @param line the line, from 1; 0 when it is not known
 * @param what the call or the thing that it is about, in a reader's words
 */
public record Finding(Kind kind, String className, String method, String descriptor, int line, String what) {
    /** Why something cannot be woven. */
    public enum Kind {
        /** Suspends in a synchronized method. */
        SYNCHRONIZED_METHOD,
        /** Suspends in a synchronized block. */
        SYNCHRONIZED_BLOCK,
        /** Suspends in a constructor. */
        CONSTRUCTOR,
        /** Suspends in a static initializer. */
        STATIC_INITIALIZER,
        /** Captures a handle and is called through a frame that has none. */
        NO_HANDLE_FRAME,
        /** Passes its handle to a method that is not woven. */
        UNWOVEN_CALLEE,
        /** The woven method is larger than the virtual machine likes. */
        TOO_LARGE,
        /** The class file is newer than the weaver. */
        UNKNOWN_CLASS_VERSION
    }
}
