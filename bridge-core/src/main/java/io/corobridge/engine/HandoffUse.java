package io.corobridge.engine;

import io.corobridge.RuntimeError;
import io.corobridge.platform.Log;
import java.lang.annotation.Annotation;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is done about code that needs a thread of its own to suspend: {@code -Dcorobridge.handoff=allow|warn|deny}, read once; warn
 * is the default, and warns once of each body and each call.
 *
 * <p>{@code -Dcorobridge.engine=handoff} gives every body such a thread although it is woven, without a word: an aid for tests and
 * for measuring.
 */
final class HandoffUse {
    /** Whether woven bodies have a thread too. */
    static final boolean EVERYWHERE = "handoff".equals(System.getProperty("corobridge.engine"));

    /** What the process was started with. */
    static final HandoffUse CURRENT = new HandoffUse(EVERYWHERE ? "allow" : System.getProperty("corobridge.handoff"));

    private enum Policy {
        ALLOW,
        WARN,
        DENY
    }

    /** Bodies are named by users, so their number has no limit of its own. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Policy policy;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    HandoffUse(@Nullable String policy) {
        this.policy = policy(policy);
    }

    private static Policy policy(@Nullable String value) {
        if (value == null) {
            return Policy.WARN;
        }
        for (Policy policy : Policy.values()) {
            if (policy.name().equals(value.toUpperCase(Locale.ROOT))) {
                return policy;
            }
        }
        throw new IllegalArgumentException("-Dcorobridge.handoff=" + value + ": allow, warn and deny are known");
    }

    /**
     * A body is about to get a thread.
     *
     * @throws RuntimeError when it must not
     */
    void ofBody(Object body, String name) {
        if (policy != Policy.ALLOW) {
            Class<?> host = host(body.getClass());
            String key = host.getName() + ' ' + name;
            if (policy == Policy.DENY || isNew(key)) {
                act("The body '" + name + "' in " + host.getName()
                        + " is not woven, so it holds a thread until it ends: " + remedy(host));
            }
        }
    }

    /**
     * A woven body calls what is not woven.
     *
     * @param call {@code owner.name(descriptor)}
     * @throws RuntimeError when it must not
     */
    void ofCall(String call) {
        if (policy != Policy.ALLOW && (policy == Policy.DENY || isNew(call))) {
            act("A woven body calls " + call.substring(0, call.indexOf('(')).replace('/', '.')
                    + " with its handle, or with a lambda that holds it. That method is not woven, so the call gets a thread of its"
                    + " own: weave it, or await outside the call");
        }
    }

    private boolean isNew(String key) {
        return seen.size() < MOST_REMEMBERED && seen.add(key);
    }

    private void act(String message) {
        String text = message + " (-Dcorobridge.handoff=allow|warn|deny)";
        if (policy == Policy.DENY) {
            throw new RuntimeError(text);
        }
        Log.warn("io.corobridge", text, null);
    }

    /** The class in whose source a lambda stands. */
    private static Class<?> host(Class<?> type) {
        int lambda = type.getName().indexOf("$$Lambda");
        if (lambda > 0) {
            try {
                return Class.forName(type.getName().substring(0, lambda), false, type.getClassLoader());
            } catch (ClassNotFoundException | LinkageError hidden) {
                return type;
            }
        }
        return type;
    }

    private static String remedy(Class<?> host) {
        for (Annotation annotation : host.getAnnotations()) {
            if (annotation.annotationType().getName().equals("kotlin.Metadata")) {
                return "it is written in Kotlin, where the builders of corobridge-kotlin make bodies that need none";
            }
        }
        return "put corobridge-weaver on the annotation processor path where it is compiled, and see what its messages say there";
    }
}
