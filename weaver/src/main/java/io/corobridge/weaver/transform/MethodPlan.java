package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What is to be done to one method. */
final class MethodPlan {
    final MethodNode method;

    /** The slot of the parameter that is the method's handle; negative where every method counts as given one. */
    final int own;

    /** A handle's internal name. */
    final String handleType;

    final List<Site> sites = new ArrayList<>();

    /** Calls of the handle's methods that do not suspend. */
    final List<MethodInsnNode> handleCalls = new ArrayList<>();

    /** Those {@code new} instructions whose object is not initialised yet at some site. */
    final Set<AbstractInsnNode> moved = new LinkedHashSet<>();

    /** What puts such an object into a local, or gets it back. */
    final List<AbstractInsnNode> dropped = new ArrayList<>();

    /** The constructor calls of these. */
    final List<MovedConstructor> constructors = new ArrayList<>();

    /** The number of the method among those of its class that can be resumed. */
    int number;

    /** The constructor call of an object whose {@code new} moves down to it. */
    record MovedConstructor(MethodInsnNode call, AbstractInsnNode made, int copies) {}

    MethodPlan(MethodNode method, int own, String handleType) {
        this.method = method;
        this.own = own;
        this.handleType = handleType;
    }
}
