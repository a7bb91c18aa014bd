package io.corobridge.weaving.corpus17;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is neither loop, switch nor try: asserts, text, generics, patterns, statics, early returns. */
public final class Statements {
    public static Coroutine<?> asserts(Probe p) {
        return Coroutine.of(co -> {
            assert co.await(p.ask(true)) : "not reached";
            try {
                assert p.say(1) > co.await(p.ask(2)) : "because " + co.await(p.ask("of this"));
                return "assertions are off";
            } catch (AssertionError e) {
                p.caught(e);
                return co.await(p.ask("caught"));
            }
        });
    }

    public static Coroutine<?> earlyReturns(Probe p) {
        return Coroutine.of(co -> {
            String seen = "";
            for (int i = 0; i < 4; i++) {
                seen += early(co, p, i);
            }
            return seen;
        });
    }

    private static String early(Co co, Probe p, int n) {
        if (n == 0) {
            return "zero";
        }
        if (co.await(p.ask(n)) == 1) {
            return "one";
        }
        if (n == 2) {
            return co.await(p.ask("two"));
        } else {
            co.await(p.ask("else"));
        }
        return "end";
    }

    public static Coroutine<?> methodsWithoutSuspension(Probe p) {
        return Coroutine.of(co -> {
            unused(co);
            return never(co, p) + co.await(p.ask("end"));
        });
    }

    private static void unused(Co co) {}

    private static String never(Co co, Probe p) {
        return p.say("never");
    }

    public static Coroutine<?> instanceofPatterns(Probe p) {
        return Coroutine.of(co -> {
            Object o = co.await(p.ask((Object) 42L));
            if (o instanceof Long l && co.await(p.ask(l)) > 41) {
                o = "text" + l;
            }
            if (!(o instanceof String s)) {
                return "no";
            }
            co.await(p.ask(1));
            return s.length() + s;
        });
    }

    public static Coroutine<?> textBlocks(Probe p) {
        return Coroutine.of(co -> """
                first %s
                second %d
                """.formatted(co.await(p.ask("a")), co.await(p.ask(2))));
    }

    private static int counter;

    public static Coroutine<?> statics(Probe p) {
        counter = 0;
        return Coroutine.of(co -> {
            counter += co.await(p.ask(1)) + counter++;
            counter = counter-- - co.await(p.ask(3));
            return counter;
        });
    }

    public static Coroutine<?> wildcardsAndCasts(Probe p) {
        return Coroutine.of(co -> {
            Optional<? extends Number> number = co.await(p.ask(Optional.of(7)));
            List<? super Integer> sink = co.await(p.ask(new java.util.ArrayList<Number>()));
            sink.add(number.get().intValue() + co.await(p.ask(1)));
            Comparable<String> c = (Comparable<String> & CharSequence) co.await(p.ask("x"));
            return sink + "" + c.compareTo(co.await(p.ask("w")));
        });
    }

    public static Coroutine<?> suppliersBetween(Probe p) {
        return Coroutine.of(co -> {
            Supplier<Coroutine<Integer>> make = () -> Coroutine.of(c -> c.await(p.ask(5)));
            int sum = 0;
            for (int i = 0; i < 2; i++) {
                sum += co.await(make.get());
            }
            return sum;
        });
    }

    public static Coroutine<?> synchronizedElsewhere(Probe p) {
        Object lock = new Object();
        return Coroutine.of(co -> {
            int n;
            synchronized (lock) {
                n = p.say(3);
            }
            n += co.await(p.ask(4));
            synchronized (lock) {
                return n + p.say(5);
            }
        });
    }

    public static Coroutine<?> nullHandleArgument(Probe p) {
        return Coroutine.of(co -> {
            String first = maybe(co, p);
            return first + maybe(null, p) + co.await(p.ask("end"));
        });
    }

    private static String maybe(Co co, Probe p) {
        return co == null ? p.say("no handle") : co.await(p.ask("handle"));
    }

    public static Coroutine<?> unreachableEnds(Probe p) {
        return Coroutine.of(co -> {
            int n = co.await(p.ask(0));
            if (n == 0) {
                while (true) {
                    if (co.await(p.ask(n++)) > 1) {
                        throw new IllegalStateException("thrown at " + n);
                    }
                }
            }
            return "never";
        });
    }

    public static Coroutine<?> declaredExceptions(Probe p) {
        return Coroutine.of(co -> {
            try {
                return co.await(p.ask("value"), java.io.IOException.class);
            } catch (java.io.IOException e) {
                p.caught(e);
                return co.await(p.ask("io"));
            }
        });
    }

    public static Coroutine<?> futures(Probe p) {
        return Coroutine.of(co -> {
            var done = java.util.concurrent.CompletableFuture.completedFuture(p.say("done"));
            String a = co.await(done);
            var failed = java.util.concurrent.CompletableFuture.<String>failedFuture(new Exception("failed"));
            try {
                a += co.await(failed);
            } catch (Exception e) {
                p.caught(e);
            }
            return a + co.await(p.ask("end"));
        });
    }
}
