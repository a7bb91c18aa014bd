package io.corobridge.weaving.corpus17;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;

/** async with: blocks that capture the handle of the body around them. */
public final class Contexts {
    public static Coroutine<?> nested(Probe p) {
        return Coroutine.of(co -> co.with(p.manager("outer"), a -> {
            int before = co.await(p.ask(1));
            String inner = co.with(p.manager("inner"), b -> a + b + co.await(p.ask(before)));
            return inner + co.await(p.ask(2));
        }));
    }

    public static Coroutine<?> withoutResult(Probe p) {
        return Coroutine.of(co -> {
            StringBuilder seen = new StringBuilder();
            co.withVoid(p.manager("v"), name -> {
                for (int i = 0; i < 2; i++) {
                    seen.append(name).append(co.await(p.ask(i)));
                }
            });
            co.withVoid(p.manager("w"), name -> seen.append(co.await(p.ask(name))));
            return seen.toString();
        });
    }

    public static Coroutine<?> raises(Probe p) {
        return Coroutine.of(co -> {
            try {
                return co.with(p.manager("m"), name -> {
                    throw new IllegalArgumentException(co.await(p.ask(name)));
                });
            } catch (IllegalArgumentException e) {
                p.caught(e);
                return co.await(p.ask("outside"));
            }
        });
    }

    public static Coroutine<?> swallows(Probe p) {
        return Coroutine.of(co -> {
            Object result = co.with(p.swallowing("s"), name -> {
                if (co.await(p.ask(true))) {
                    throw new IllegalArgumentException(name);
                }
                return name;
            });
            return result + co.await(p.ask(" after"));
        });
    }

    public static Coroutine<?> inALoopWithLocals(Probe p) {
        return Coroutine.of(co -> {
            long sum = 0;
            for (int i = 0; i < 2; i++) {
                int n = i;
                sum = sum * 10 + co.with(p.manager("m" + i), name -> {
                    long square = n * n;
                    return square + co.await(p.ask(n)) + name.length();
                });
            }
            return sum;
        });
    }

    public static Coroutine<?> blockWithoutAwait(Probe p) {
        return Coroutine.of(co -> co.with(p.manager("m"), name -> p.say(name)) + co.await(p.ask("end")));
    }

    public static Coroutine<?> helperInBlock(Probe p) {
        return Coroutine.of(co -> co.with(p.manager("m"), name -> help(co, p, name, 1)));
    }

    private static String help(Co co, Probe p, String name, int depth) throws Exception {
        return depth == 0
                ? co.await(p.ask(name))
                : co.with(p.manager(name + depth), inner -> help(co, p, inner, depth - 1) + co.await(p.ask(depth)));
    }

    public static Coroutine<?> tryAroundAndInside(Probe p) {
        return Coroutine.of(co -> {
            try {
                return co.with(p.manager("m"), name -> {
                    try {
                        return co.await(p.ask(name));
                    } finally {
                        p.log("inside " + co.await(p.ask("clean-up")));
                    }
                });
            } finally {
                p.log("around");
            }
        });
    }

    public static Coroutine<?> resultIgnoredAndPrimitive(Probe p) {
        return Coroutine.of(co -> {
            co.with(p.manager("a"), name -> co.await(p.ask(1)));
            int n = co.with(p.manager("b"), name -> co.await(p.ask(2)));
            return n + 1L;
        });
    }

    public static Coroutine<?> blockHeldInAVariable(Probe p) {
        return Coroutine.of(co -> {
            io.corobridge.With<String, String> block = name -> name + co.await(p.ask(name));
            return co.with(p.manager("a"), block) + co.with(p.manager("b"), block);
        });
    }
}
