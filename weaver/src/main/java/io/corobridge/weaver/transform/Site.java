package io.corobridge.weaver.transform;

import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/** A suspension point: a call, with everything that the method still needs when the call has returned. */
final class Site {
    /** How the call is made. */
    enum Form {
        /** A method of the handle itself. */
        HANDLE,
        /** A method that is known to be woven. */
        WOVEN,
        /** Woven or not: the receiver's class decides. */
        CHECKED,
        /** Not woven: it needs a thread. */
        PLAIN,
        /** {@code hasNext} or {@code next} of what may be a loop over {@code co.each(..)}. */
        LOOP
    }

    final MethodInsnNode call;
    /** Until every method of the class has been looked at, a call that passes the handle counts as CHECKED. */
    Form form;

    /** The verifier's types of the locals, one for each slot. */
    final List<Object> locals;

    final List<Origin> localOrigins;

    /** What stands on the operand stack below the call's operands, bottom first, without what is not initialised yet. */
    final List<Object> rest;

    final List<Origin> restOrigins;

    /** The verifier's type of the receiver, if there is one. */
    final Object receiver;

    /** The slots that are read later. */
    final BitSet live;

    /** Whether the call stands in a {@code try}, so that somebody waits for what it raises. */
    final boolean guarded;

    final int line;

    /** What the call leaves on the stack. */
    final Type result;

    /** Among the method's sites. */
    int number;

    /** The slots that were written since the method was resumed last. */
    BitSet dirty = new BitSet();

    /** The slots whose field may hold a reference from an earlier suspension. */
    BitSet stored = new BitSet();

    boolean isConstructor() {
        return call.name.equals("<init>");
    }

    Site(
            MethodInsnNode call,
            Form form,
            List<Object> locals,
            List<Origin> localOrigins,
            List<Object> rest,
            List<Origin> restOrigins,
            Object receiver,
            BitSet live,
            boolean guarded,
            int line,
            Type result) {
        this.call = call;
        this.form = form;
        this.locals = locals;
        this.localOrigins = localOrigins;
        this.rest = rest;
        this.restOrigins = restOrigins;
        this.receiver = receiver;
        this.live = live;
        this.guarded = guarded;
        this.line = line;
        this.result = result;
    }
}
