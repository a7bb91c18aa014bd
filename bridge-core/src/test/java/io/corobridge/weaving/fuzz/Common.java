package io.corobridge.weaving.fuzz;

import io.corobridge.AsyncGeneratorCo;
import io.corobridge.Co;
import io.corobridge.GeneratorCo;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What generated programs use, and which never suspends. */
public final class Common {
    private Common() {}

    /** A lambda that is given a handle, where the type of the handle is a type argument. */
    public interface Fn<H, R> {
        R run(H handle) throws Exception;
    }

    /** One that names the type. */
    public interface CoroutineFn<R> {
        R run(Co co) throws Exception;
    }

    /** One that names the type. */
    public interface GeneratorFn<R> {
        R run(GeneratorCo<Object, Object> co) throws Exception;
    }

    /** One that names the type. */
    public interface AsyncGeneratorFn<R> {
        R run(AsyncGeneratorCo<Object, Object> co) throws Exception;
    }

    /** An object to be made from two values, of which the first takes two slots. */
    public record Box(long a, @Nullable Object b) {
        @Override
        public String toString() {
            return "Box " + a + " " + show(b);
        }
    }

    public static int len(String s) {
        return s.length();
    }

    public static int num(@Nullable Object o) {
        return o instanceof Number n ? n.intValue() : o == null ? 0 : 1;
    }

    public static void use(@Nullable Object o) {}

    public static @Nullable Object same(@Nullable Object o) {
        return o;
    }

    public static String show(@Nullable Object o) {
        String text = o instanceof Object[] a
                ? Arrays.deepToString(a)
                : o instanceof int[] i
                        ? Arrays.toString(i)
                        : o instanceof long[] l
                                ? Arrays.toString(l)
                                : o instanceof Enum
                                                || o instanceof Number
                                                || o instanceof String
                                                || o instanceof Box
                                                || o instanceof Boolean
                                                || o instanceof Character
                                        ? o.toString()
                                        : o == null ? "null" : o.getClass().getSimpleName();
        return text.length() > 40 ? text.substring(0, 40) : text;
    }
}
