package io.corobridge.weaver.transform;

/**
 * A place where a body cannot suspend without a thread: the method, or the call, then has one. Values, exceptions and order stay
 * the same.
 *
 * @param kind what is in the way
 * @param className the class, as in the class file: {@code a/b/C$D}
 * @param method the method's name; for a lambda the compiler's name for it; empty for the class
 * @param descriptor the method's descriptor
 * @param line the line in the source, from 1, or 0 when unknown
 * @param what what stands there: for a call its target as {@code a.b.C.m}
 */
public record Finding(Kind kind, String className, String method, String descriptor, int line, String what) {
    /** What is in the way. */
    public enum Kind {
        /** The method is {@code synchronized}. */
        SYNCHRONIZED_METHOD,
        /** A suspension point inside a {@code synchronized} block. */
        SYNCHRONIZED_BLOCK,
        /** A constructor suspends. */
        CONSTRUCTOR,
        /** A static initialiser suspends. */
        STATIC_INITIALIZER,
        /** What holds the handle, mostly a lambda, is passed to a method that is not given the handle itself. */
        NO_HANDLE_FRAME,
        /** The handle is passed to a method that is not woven. */
        UNWOVEN_CALLEE,
        /** The handle, or what holds it, is stored in a field or an array. */
        HANDLE_ESCAPES,
        /** A handle is used that is not the one the method was given. */
        FOREIGN_HANDLE,
        /** The method is given more than one handle. */
        SEVERAL_HANDLES,
        /** The woven method has more than 8,000 bytes of code, which HotSpot does not compile; or more than a class file allows. */
        TOO_LARGE,
        /** The method's code has a form that compilers of Java do not produce. */
        UNKNOWN_CODE,
        /** The class file is newer, or much older, than the weaver knows. */
        UNKNOWN_CLASS_VERSION
    }
}
