package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The class that is being woven: which of its methods are, what was found, and whom it calls. */
final class ClassContext {
    final ClassNode node;
    final WovenMethods known;

    /** Every method counts as given a handle: for tests of the shape on code that has none. */
    final boolean everything;

    final List<Finding> findings = new ArrayList<>();

    /** The methods that can be woven. */
    final Map<String, MethodPlan> plans = new LinkedHashMap<>();

    ClassContext(ClassNode node, WovenMethods known, boolean everything) {
        this.node = node;
        this.known = known;
        this.everything = everything;
    }

    boolean isInterface() {
        return (node.access & Opcodes.ACC_INTERFACE) != 0;
    }

    @Nullable
    MethodPlan plan(String name, String descriptor) {
        return plans.get(name + descriptor);
    }

    @Nullable
    MethodNode method(String name, String descriptor) {
        for (MethodNode method : node.methods) {
            if (method.name.equals(name) && method.desc.equals(descriptor)) {
                return method;
            }
        }
        return null;
    }

    void found(Finding.Kind kind, MethodNode method, int line, String what) {
        findings.add(new Finding(kind, node.name, method.name, method.desc, line, what));
    }

    /** How a call that passes the handle is made. */
    Site.Form formOf(Site site, MethodPlan plan) {
        return switch (answer(site.call)) {
            case WOVEN -> Site.Form.WOVEN;
            case UNKNOWN -> Site.Form.CHECKED;
            case UNWOVEN -> {
                found(Finding.Kind.UNWOVEN_CALLEE, plan.method, site.line, CallRules.describe(site.call));
                yield Site.Form.PLAIN;
            }
        };
    }

    /** What is known of a call's target before run time. */
    private WovenMethods.Answer answer(MethodInsnNode call) {
        MethodNode own = call.owner.equals(node.name) ? method(call.name, call.desc) : null;
        boolean isExact = call.getOpcode() == Opcodes.INVOKESTATIC || call.getOpcode() == Opcodes.INVOKESPECIAL;
        if (own != null && call.name.equals("<init>")) {
            return WovenMethods.Answer.UNKNOWN;
        }
        if (own != null) {
            boolean isFinal = (own.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL)) != 0
                    || (node.access & Opcodes.ACC_FINAL) != 0;
            if (isExact || isFinal) {
                return plan(call.name, call.desc) != null ? WovenMethods.Answer.WOVEN : WovenMethods.Answer.UNWOVEN;
            }
            return WovenMethods.Answer.UNKNOWN;
        }
        if (!isExact) {
            return WovenMethods.Answer.UNKNOWN;
        }
        return call.owner.startsWith("java/")
                ? WovenMethods.Answer.UNWOVEN
                : known.isWoven(call.owner, call.name, call.desc);
    }
}
