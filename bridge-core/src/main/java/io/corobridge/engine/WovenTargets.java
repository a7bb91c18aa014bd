package io.corobridge.engine;

import io.corobridge.platform.ByClass;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds out, by reflection and once for each class and method, whether the method that a call ends in is woven. */
final class WovenTargets {
    private static final ByClass<Map<String, Boolean>> ANSWERS = ByClass.of(ConcurrentHashMap::new);

    private WovenTargets() {}

    /**
     * Whether a call is woven all the way.
     *
     * @param type the receiver's class, or the owner of a static method
     * @param call {@code owner.name(descriptor)}
     */
    static boolean isWoven(Class<?> type, String call) {
        Map<String, Boolean> answers = ANSWERS.get(type);
        Boolean known = answers.get(call);
        if (known == null) {
            int nameEnd = call.indexOf('(');
            int nameStart = call.lastIndexOf('.', nameEnd) + 1;
            String owner = call.substring(0, nameStart - 1).replace('/', '.');
            known = isWoven(type, owner, call.substring(nameStart, nameEnd), call.substring(nameEnd));
            answers.put(call, known);
        }
        return known;
    }

    private static boolean isWoven(Class<?> type, String owner, String name, String descriptor) {
        try {
            if (name.equals("<init>")) {
                return isWovenConstructor(type, descriptor);
            }
            Method target = find(type, owner, name, descriptor);
            if (target == null) {
                return isRenamedLambda(type, descriptor);
            }
            if (Modifier.isAbstract(target.getModifiers())) {
                return false;
            }
            Woven mark = target.getAnnotation(Woven.class);
            if (mark != null) {
                return mark.forwards().isEmpty() || isWoven(type, owner + '.' + mark.forwards());
            }
            Class<?> declaring = target.getDeclaringClass();
            return WovenLambda.class.isAssignableFrom(declaring) && !declaring.isInterface();
        } catch (LinkageError unknown) {
            // A class that its signatures name is missing: whether they are woven cannot be told.
            return false;
        }
    }

    /**
     * Whether the only method that a call can end in is that of a woven lambda: a shrinker has renamed it with the method of its
     * interface. The names of woven methods are kept, so no other one is meant.
     */
    private static boolean isRenamedLambda(Class<?> type, String descriptor) {
        if (!WovenLambda.class.isAssignableFrom(type)) {
            return false;
        }
        for (Method inherited : type.getMethods()) {
            if (inherited.isDefault()
                    && !inherited.isAnnotationPresent(Woven.class)
                    && descriptorOf(inherited, inherited.getReturnType()).equals(descriptor)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a call is one of a constructor, which does not ask how it was called. */
    static boolean isConstructor(String call) {
        return call.contains("<init>");
    }

    private static boolean isWovenConstructor(Class<?> type, String descriptor) {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (descriptorOf(constructor, void.class).equals(descriptor)) {
                return constructor.isAnnotationPresent(Woven.class);
            }
        }
        return false;
    }

    private static @Nullable Method find(Class<?> type, String owner, String name, String descriptor) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (c.getName().equals(owner)) {
                Method own = declared(c, name, descriptor);
                if (own != null && Modifier.isPrivate(own.getModifiers())) {
                    return own;
                }
            }
        }
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            Method found = declared(c, name, descriptor);
            if (found != null && !Modifier.isPrivate(found.getModifiers())) {
                return found;
            }
        }
        return inInterfaces(type, owner, name, descriptor);
    }

    /** The most specific one that an interface implements. */
    private static @Nullable Method inInterfaces(Class<?> type, String owner, String name, String descriptor) {
        Deque<Class<?>> next = new ArrayDeque<>();
        Set<Class<?>> seen = new HashSet<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            next.add(c);
        }
        Method best = null;
        while (!next.isEmpty()) {
            for (Class<?> candidate : next.remove().getInterfaces()) {
                if (!seen.add(candidate)) {
                    continue;
                }
                next.add(candidate);
                Method found = declared(candidate, name, descriptor);
                if (found == null
                        || (Modifier.isPrivate(found.getModifiers())
                                && !candidate.getName().equals(owner))) {
                    continue;
                }
                if (best == null || best.getDeclaringClass().isAssignableFrom(candidate)) {
                    best = found;
                }
            }
        }
        return best;
    }

    private static @Nullable Method declared(Class<?> type, String name, String descriptor) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name)
                    && descriptorOf(method, method.getReturnType()).equals(descriptor)) {
                return method;
            }
        }
        return null;
    }

    private static String descriptorOf(Executable method, Class<?> result) {
        StringBuilder text = new StringBuilder("(");
        for (Class<?> parameter : method.getParameterTypes()) {
            text.append(descriptorOf(parameter));
        }
        return text.append(')').append(descriptorOf(result)).toString();
    }

    /** Android has no {@code Class.descriptorString()}; the names of array classes are made of descriptors. */
    private static String descriptorOf(Class<?> type) {
        return type == void.class
                ? "V"
                : Array.newInstance(type, 0).getClass().getName().substring(1).replace('.', '/');
    }
}
