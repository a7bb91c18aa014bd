package io.corobridge.weaving.fuzz;

/** What every generated program begins and ends with. */
final class Preamble {
    static final String IMPORTS = """
            import io.corobridge.*;
            import io.corobridge.weaving.Probe;
            import java.util.Arrays;
            import java.util.function.Supplier;
            """;

    /** {@code $P} stands for the class. */
    static final String MEMBERS = """
            static int staticI;
            static long staticL;
            static double staticD;
            static byte staticB;
            static String staticS;
            static Object staticO;
            int ownI = 1;
            long ownL = 2;
            double ownD = 3.5;
            byte ownB = 4;
            String ownS = "own";
            Object ownO;

            static void reset() {
                staticI = 1;
                staticL = 2;
                staticD = 0.5;
                staticB = 3;
                staticS = "static";
                staticO = null;
            }

            $P self() {
                return this;
            }

            static $P other() {
                return new $P();
            }

            interface Fn<H, R> {
                R run(H handle) throws Exception;
            }

            interface CoroutineFn<R> {
                R run(Co co) throws Exception;
            }

            interface GeneratorFn<R> {
                R run(GeneratorCo<Object, Object> co) throws Exception;
            }

            interface AsyncGeneratorFn<R> {
                R run(AsyncGeneratorCo<Object, Object> co) throws Exception;
            }

            static final class Box {
                final long a;
                final Object b;

                Box(long a, Object b) {
                    this.a = a;
                    this.b = b;
                }

                @Override
                public String toString() {
                    return "Box " + a + " " + show(b);
                }
            }

            static int len(String s) {
                return s.length();
            }

            static int num(Object o) {
                return o instanceof Number n ? n.intValue() : o == null ? 0 : 1;
            }

            static void use(Object o) {}

            static String show(Object o) {
                String text = o instanceof Object[] a ? Arrays.deepToString(a)
                        : o instanceof int[] i ? Arrays.toString(i)
                        : o instanceof long[] l ? Arrays.toString(l)
                        : o instanceof Enum || o instanceof Number || o instanceof String || o instanceof Box
                                || o instanceof Boolean || o instanceof Character ? o.toString()
                        : o == null ? "null" : o.getClass().getSimpleName();
                return text.length() > 40 ? text.substring(0, 40) : text;
            }
            """;

    private Preamble() {}
}
