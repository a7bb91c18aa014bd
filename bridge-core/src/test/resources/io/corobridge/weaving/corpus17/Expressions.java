package io.corobridge.weaving.corpus17;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;
import java.util.Arrays;

/** Awaits in the middle of expressions: what was computed before has to be there after, in order. */
public final class Expressions {
    private int field = 3;
    private static long shared;

    public static Coroutine<?> arithmetic(Probe p) {
        return Coroutine.of(co -> p.say(1) + co.await(p.ask(2)) * p.say(3) - co.await(p.ask(4)) % p.say(5)
                + (co.await(p.ask(6)) << p.say(2) ^ co.await(p.ask(7))));
    }

    public static Coroutine<?> conditional(Probe p) {
        return Coroutine.of(co -> {
            String a = co.await(p.ask(true)) ? co.await(p.ask("yes")) : co.await(p.ask("no"));
            int b = 10 + (co.await(p.ask(1)) > 2 ? co.await(p.ask(3)) : co.await(p.ask(4)));
            long c = co.await(p.ask(false)) ? 1 : co.await(p.ask(5L));
            Object d = b > 3 ? co.await(p.ask(6)) : co.await(p.ask(6.5));
            return a + b + c + d;
        });
    }

    public static Coroutine<?> shortCircuit(Probe p) {
        return Coroutine.of(co -> {
            boolean a = co.await(p.ask(true)) && co.await(p.ask(false)) || p.say(true) && co.await(p.ask(true));
            boolean b = co.await(p.ask(false)) && p.say(true) | co.await(p.ask(true));
            boolean c = !(co.await(p.ask(true)) ^ co.await(p.ask(true))) & co.await(p.ask(true));
            if (a && (b || co.await(p.ask(3)) == 3) && c) {
                return "in";
            }
            return "out";
        });
    }

    public static Coroutine<?> concatenation(Probe p) {
        return Coroutine.of(co -> {
            char c = 'c';
            long l = 9_000_000_000L;
            String s = "a" + c + co.await(p.ask(1)) + l + co.await(p.ask("x")) + 2.5 + co.await(p.ask(true)) + null;
            s += co.await(p.ask('!')) + s + co.await(p.ask(1.5f));
            return s + p.say("end");
        });
    }

    public static Coroutine<?> calls(Probe p) {
        return Coroutine.of(co -> join(
                p.say("a"),
                co.await(p.ask(1L)),
                join(p.say("b"), 2, co.await(p.ask("c")), co.await(p.ask(2.5))),
                co.await(p.ask(3.5))));
    }

    private static String join(String a, long b, String c, double d) {
        return "(" + a + b + c + d + ")";
    }

    public static Coroutine<?> compoundLocals(Probe p) {
        return Coroutine.of(co -> {
            int i = 5;
            i += co.await(p.ask(2));
            i *= i + co.await(p.ask(1)) + i++;
            long l = i;
            l <<= co.await(p.ask(3));
            byte b = 100;
            b += co.await(p.ask(100));
            char c = 'a';
            c += co.await(p.ask(1));
            double d = 1;
            d /= co.await(p.ask(4));
            String s = null;
            s += co.await(p.ask("t"));
            return i + " " + l + " " + b + c + d + s;
        });
    }

    public static Coroutine<?> compoundFields(Probe p) {
        Expressions e = new Expressions();
        shared = 0;
        return Coroutine.of(co -> {
            e.field += co.await(p.ask(4));
            e.field = e.field-- + co.await(p.ask(1)) + --e.field;
            shared += co.await(p.ask(10L)) * e.field;
            self(p, e).field <<= co.await(p.ask(1));
            p.log(shared++ + co.await(p.ask(1)) + ++shared);
            return e.field + " " + shared;
        });
    }

    private static Expressions self(Probe p, Expressions e) {
        return p.say(e) == null ? null : e;
    }

    @Override
    public String toString() {
        return "e";
    }

    public static Coroutine<?> arrayElements(Probe p) {
        return Coroutine.of(co -> {
            int[] a = {1, 2, 3};
            long[] l = {10, 20, 30};
            String[][] s = {{"x"}, {"y", "z"}};
            a[co.await(p.ask(1))] += co.await(p.ask(5));
            l[co.await(p.ask(2))] *= a[1] - co.await(p.ask(3));
            a[0] = a[co.await(p.ask(0))]++ + co.await(p.ask(2));
            s[co.await(p.ask(1))][co.await(p.ask(0))] += co.await(p.ask("w"));
            l[co.await(p.ask(0))]++;
            a[a[2] - 1] = co.await(p.ask(9));
            a = a.length > co.await(p.ask(1)) ? new int[] {a[0], co.await(p.ask(8)), a[2]} : a;
            return Arrays.toString(a) + Arrays.toString(l) + Arrays.deepToString(s);
        });
    }

    public static Coroutine<?> arrayInitialisers(Probe p) {
        return Coroutine.of(co -> new Object[] {
            p.say("a"),
            co.await(p.ask(1)),
            new long[] {2, co.await(p.ask(3L)), 4},
            new String[co.await(p.ask(2))][co.await(p.ask(1))],
            new byte[] {(byte) (int) co.await(p.ask(300))},
            co.await(p.ask("last"))
        });
    }

    public static Coroutine<?> casts(Probe p) {
        return Coroutine.of(co -> {
            Object o = co.await(p.ask((Object) "text"));
            int length = ((String) o).length() + ((CharSequence) co.await(p.ask((Object) "other"))).length();
            short s = (short) (co.await(p.ask(70_000)) + length);
            boolean is = co.await(p.ask(o)) instanceof String t && t.length() == co.await(p.ask(4));
            if (!(co.await(p.ask(o)) instanceof String u)) {
                return "no string";
            }
            return s + " " + is + u + (char) (co.await(p.ask(65)) + 1) + (long) (double) co.await(p.ask(3.9));
        });
    }

    public static Coroutine<?> comparisons(Probe p) {
        return Coroutine.of(co -> {
            int n = 0;
            n += 5L < co.await(p.ask(6L)) ? 1 : 0;
            n += 5.0 >= co.await(p.ask(Double.NaN)) ? 2 : 0;
            n += co.await(p.ask(1f)) != 1f ? 4 : 0;
            n += p.say("a") == co.await(p.ask("a")) ? 8 : 0;
            n += co.await(p.ready(null)) == null ? 16 : 0;
            n += (co.await(p.ask(3)) > 2) == co.await(p.ask(true)) ? 32 : 0;
            return n;
        });
    }

    public static Coroutine<?> chains(Probe p) {
        return Coroutine.of(co -> new StringBuilder()
                .append(co.await(p.ask('a')))
                .append(p.say("b"))
                .append(co.await(p.ask(1)).intValue())
                .insert(co.await(p.ask(1)), co.await(p.ask("i")))
                .reverse()
                .toString()
                .concat(co.await(p.ask("end"))));
    }

    public static Coroutine<?> assignmentsAsValues(Probe p) {
        return Coroutine.of(co -> {
            int a;
            int b;
            long c;
            int[] d = new int[1];
            a = b = co.await(p.ask(3));
            c = d[0] = a += co.await(p.ask(4));
            int e = (a = co.await(p.ask(5))) + a * (b = co.await(p.ask(6))) + b;
            return a + " " + b + " " + c + " " + d[0] + " " + e;
        });
    }

    public static Coroutine<?> deepStack(Probe p) {
        return Coroutine.of(co -> p.say(1)
                + (p.say(2L)
                        + (p.say(3.0)
                                + (p.say(4f)
                                        + (p.say((short) 5)
                                                + (p.say('6')
                                                        + (p.say((byte) 7)
                                                                + (co.await(p.ask(8)) + co.await(p.ask(9L))))))))));
    }

    public static Coroutine<?> resultIgnored(Probe p) {
        return Coroutine.of(co -> {
            co.await(p.ask(1));
            co.await(p.ask(2L));
            help(co, p);
            return co.await(p.ask("done"));
        });
    }

    private static double help(Co co, Probe p) {
        return co.await(p.ask(2.5));
    }
}
