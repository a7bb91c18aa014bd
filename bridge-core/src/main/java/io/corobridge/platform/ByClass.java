package io.corobridge.platform;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * A value for each class, which does not keep the class from being unloaded: {@code ClassValue}, which Android has only since API 34.
 *
 * @param <T> the value; it must not refer to its class
 */
public abstract class ByClass<T> {
    private static final boolean HAS_CLASS_VALUE = Probe.hasClass("java.lang.ClassValue");

    private ByClass() {}

    /**
     * Makes one without values.
     *
     * @param <T> the value
     * @param make makes the value of a class that is asked for the first time; of two threads that ask, both may
     * @return it
     */
    public static <T> ByClass<T> of(Supplier<T> make) {
        return HAS_CLASS_VALUE ? new Jdk<>(make) : weak(make);
    }

    /** What Android gets. */
    static <T> ByClass<T> weak(Supplier<T> make) {
        return new Weak<>(make);
    }

    /**
     * The value of a class.
     *
     * @param type the class
     * @return the same for each call
     */
    public abstract T get(Class<?> type);

    @JdkOnly
    private static final class Jdk<T> extends ByClass<T> {
        private final Values<T> values;

        Jdk(Supplier<T> make) {
            values = new Values<>(make);
        }

        @Override
        public T get(Class<?> type) {
            return values.get(type);
        }
    }

    @JdkOnly
    private static final class Values<T> extends ClassValue<T> {
        private final Supplier<T> make;

        Values(Supplier<T> make) {
            this.make = make;
        }

        @Override
        protected T computeValue(Class<?> type) {
            return make.get();
        }
    }

    private static final class Weak<T> extends ByClass<T> {
        private final Map<Class<?>, T> values = Collections.synchronizedMap(new WeakHashMap<>());
        private final Supplier<T> make;

        Weak(Supplier<T> make) {
            this.make = make;
        }

        @Override
        public T get(Class<?> type) {
            return values.computeIfAbsent(type, any -> make.get());
        }
    }
}
