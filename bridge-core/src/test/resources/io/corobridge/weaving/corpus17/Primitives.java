package io.corobridge.weaving.corpus17;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;

/** Every primitive type, in locals and on the stack, across awaits and through helpers. */
public final class Primitives {
    public static Coroutine<?> allInLocals(Probe p) {
        return Coroutine.of(co -> {
            boolean z = true;
            byte b = -1;
            short s = -2;
            char c = '\uffff';
            int i = Integer.MIN_VALUE;
            long l = Long.MAX_VALUE;
            float f = Float.MIN_VALUE;
            double d = -0.0;
            co.await(p.ask(1));
            p.log(z + " " + b + s + (int) c + i + l + f + d);
            z = !z;
            b--;
            s *= 3;
            c++;
            i--;
            l++;
            f = -f;
            d = 1 / d;
            co.await(p.ask(2));
            return z + " " + b + s + (int) c + i + l + f + d;
        });
    }

    public static Coroutine<?> allReturnedByHelpers(Probe p) {
        return Coroutine.of(co -> {
            String seen = "" + z(co, p) + b(co, p) + s(co, p) + c(co, p) + i(co, p) + l(co, p) + f(co, p) + d(co, p);
            v(co, p);
            return seen;
        });
    }

    private static boolean z(Co co, Probe p) {
        return co.await(p.ask(true));
    }

    private static byte b(Co co, Probe p) {
        return co.await(p.ask((byte) 1));
    }

    private static short s(Co co, Probe p) {
        return co.await(p.ask((short) 2));
    }

    private static char c(Co co, Probe p) {
        return co.await(p.ask('c'));
    }

    private static int i(Co co, Probe p) {
        return co.await(p.ask(4));
    }

    private static long l(Co co, Probe p) {
        return co.await(p.ask(5L));
    }

    private static float f(Co co, Probe p) {
        return co.await(p.ask(6.5f));
    }

    private static double d(Co co, Probe p) {
        return co.await(p.ask(7.5));
    }

    private static void v(Co co, Probe p) {
        p.log(co.await(p.ask("void")));
    }

    public static Coroutine<?> allAsParameters(Probe p) {
        return Coroutine.of(co -> take(true, (byte) 1, (short) 2, '3', 4, 5L, co, 6f, 7d, p, new int[] {8}));
    }

    private static String take(
            boolean z, byte b, short s, char c, int i, long l, Co co, float f, double d, Probe p, int... rest) {
        String first = z + "" + b + s + c + i + l + f + d + rest[0];
        l += co.await(p.ask(10));
        c++;
        d -= co.await(p.ask(0.5));
        z ^= co.await(p.ask(true));
        return first + z + b + s + c + i + l + f + d + rest[0];
    }

    public static Coroutine<?> wideOnTheStack(Probe p) {
        return Coroutine.of(co -> {
            long[] longs = {1, 2};
            double[] doubles = {1.5, 2.5};
            longs[0] += longs[1] = co.await(p.ask(3L));
            doubles[co.await(p.ask(1))] *= doubles[0] -= co.await(p.ask(0.5));
            long x = longs[0]++ * co.await(p.ask(2)) + --longs[1];
            double y = l(co, p) + d(co, p) * f(co, p) + x;
            return longs[0] + " " + longs[1] + " " + doubles[0] + " " + doubles[1] + " " + x + " " + y;
        });
    }

    public static Coroutine<?> slotsReused(Probe p) {
        return Coroutine.of(co -> {
            {
                long a = co.await(p.ask(1L));
                int b = 2;
                p.log(a + b + co.await(p.ask(3)));
            }
            {
                String a = co.await(p.ask("s"));
                p.log(a + co.await(p.ask("t")));
            }
            {
                int a = co.await(p.ask(4));
                double b = 5;
                String c = "six";
                p.log(a + b + c + co.await(p.ask(7)));
            }
            for (int i = 0; i < 2; i++) {
                float f = i;
                p.log(co.await(p.ask(f)));
            }
            for (Object o : new Object[] {'a', "b"}) {
                p.log(co.await(p.ask(o)));
            }
            return "done";
        });
    }

    public static Coroutine<?> assignedLater(Probe p) {
        return Coroutine.of(co -> {
            int a;
            final String b;
            long c;
            if (co.await(p.ask(true))) {
                a = co.await(p.ask(1));
                b = "then";
            } else {
                b = co.await(p.ask("else"));
                a = 2;
            }
            co.await(p.ask(3));
            c = a;
            return a + b + c;
        });
    }

    public static Coroutine<?> nullLocals(Probe p) {
        return Coroutine.of(co -> {
            String a = null;
            int[] b = null;
            Object c = null;
            co.await(p.ask(1));
            if (a == null && b == null) {
                a = co.await(p.ask("a"));
                b = new int[] {co.await(p.ask(2))};
            }
            c = co.await(p.ask(b)) == b ? a : c;
            b = null;
            co.await(p.ask(3));
            return c + "" + b;
        });
    }

    public static Coroutine<?> boxing(Probe p) {
        return Coroutine.of(co -> {
            Integer i = co.await(p.ask(127));
            Long l = 5L + co.await(p.ask(6));
            i++;
            i += co.await(p.ask(1000));
            Character c = co.await(p.ask('x'));
            c++;
            Object o = co.await(p.ask(true)) ? i : l;
            double d = co.await(p.ask(3));
            long wide = co.await(p.ask((short) 3)).longValue();
            return i + " " + l + c + o + d + wide;
        });
    }

    public static Coroutine<?> manyLocals(Probe p) {
        return Coroutine.of(co -> {
            int a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
            long i = 9, j = 10, k = 11, l = 12;
            String m = "m", n = "n", o = "o", q = "q", r = "r", s = "s", t = "t", u = "u", v = "v";
            double w = 13, x = 14;
            co.await(p.ask("first"));
            a += b;
            m += n;
            co.await(p.ask("second"));
            return "" + a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + q + r + s + t + u + v + w + x;
        });
    }
}
