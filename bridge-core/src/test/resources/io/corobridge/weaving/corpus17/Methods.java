package io.corobridge.weaving.corpus17;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Handle;
import io.corobridge.weaving.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Methods of every form that take a handle: private, static, default, generic, overridden, recursive, varargs. */
public final class Methods {
    private abstract static class Shape<T extends Comparable<T>> {
        final Probe p;

        Shape(Probe p) {
            this.p = p;
        }

        abstract T area(Co co);

        T twice(Co co, T other) {
            T mine = area(co);
            return mine.compareTo(other) > 0 ? mine : area(co);
        }

        protected String describe(Co co) {
            return "shape " + co.await(p.ask("base"));
        }
    }

    private static final class Square extends Shape<Integer> {
        Square(Probe p) {
            super(p);
        }

        @Override
        Integer area(Co co) {
            return co.await(p.ask(4)) * co.await(p.ask(4));
        }

        @Override
        protected String describe(Co co) {
            return "square " + co.await(p.ask("sub")) + super.describe(co);
        }

        Callable<String> later() {
            return () -> "no handle";
        }
    }

    private static final class Line extends Shape<Long> {
        Line(Probe p) {
            super(p);
        }

        @Override
        Long area(Co co) {
            return 0L;
        }
    }

    private interface Greeter {
        Probe probe();

        default String greet(Co co, String whom) {
            return prefix(co, probe()) + whom + suffix(co);
        }

        private String suffix(Co co) {
            return co.await(probe().ask("!"));
        }

        static String prefix(Co co, Probe p) {
            return "hello " + co.await(p.ask("dear "));
        }
    }

    private interface Polite extends Greeter {
        @Override
        default String greet(Co co, String whom) {
            return co.await(probe().ask("please ")) + Greeter.super.greet(co, whom);
        }
    }

    private record Host(Probe probe) implements Polite {
        Object both(Co co) {
            return greet(co, "a") + greet(co, co.await(probe.ask("b")));
        }
    }

    private enum Operation {
        PLUS {
            @Override
            int apply(Co co, Probe p, int a) {
                return a + co.await(p.ask(1));
            }
        },
        TIMES {
            @Override
            int apply(Co co, Probe p, int a) {
                return a * co.await(p.ask(2));
            }
        };

        abstract int apply(Co co, Probe p, int a);

        static int all(Co co, Probe p, int a) {
            for (Operation operation : values()) {
                a = operation.apply(co, p, a);
            }
            return a;
        }
    }

    public static Coroutine<?> bridges(Probe p) {
        return Coroutine.of(co -> {
            Shape<Integer> square = new Square(p);
            Shape<? extends Comparable<?>> line = co.await(p.ask(true)) ? new Line(p) : square;
            Object erased = ((Shape<?>) square).area(co);
            return square.twice(co, 20) + " " + line.area(co) + erased;
        });
    }

    public static Coroutine<?> superCalls(Probe p) {
        return Coroutine.of(co -> {
            Shape<?> square = new Square(p);
            return square.describe(co) + new Square(p).later().call() + new Line(p).describe(co);
        });
    }

    public static Coroutine<?> interfaces(Probe p) {
        return Coroutine.of(co -> new Host(p).both(co));
    }

    public static Coroutine<?> anonymousInterface(Probe p) {
        return Coroutine.of(co -> new Greeter() {
            @Override
            public Probe probe() {
                return p;
            }

            @Override
            public String greet(Co c, String whom) {
                return c.await(p.ask("anonymous ")) + Greeter.super.greet(c, whom);
            }
        }.greet(co, "x"));
    }

    public static Coroutine<?> enums(Probe p) {
        return Coroutine.of(co -> Operation.all(co, p, 5) + Operation.PLUS.apply(co, p, 6));
    }

    public static Coroutine<?> recursion(Probe p) {
        return Coroutine.of(co -> factorial(co, p, 5) + ":" + even(co, p, 3));
    }

    private static long factorial(Co co, Probe p, int n) {
        return n == 0 ? co.await(p.ask(1L)) : n * factorial(co, p, n - 1);
    }

    private static boolean even(Co co, Probe p, int n) {
        return n == 0 ? co.await(p.ask(true)) : odd(co, p, n - 1);
    }

    private static boolean odd(Co co, Probe p, int n) {
        return n != 0 && even(co, p, n - co.await(p.ask(1)));
    }

    public static Coroutine<?> raisedThroughHelpers(Probe p) {
        return Coroutine.of(co -> {
            try {
                return deep(co, p, 6);
            } catch (IllegalArgumentException e) {
                p.caught(e);
                return co.await(p.ask("caught"));
            }
        });
    }

    private static String deep(Co co, Probe p, int n) {
        if (n == 0) {
            throw new IllegalArgumentException(co.await(p.ask("deep")));
        }
        try {
            return deep(co, p, n - 1) + n;
        } finally {
            p.log("leaving " + n);
            if (n == 3) {
                co.await(p.ask("in between"));
            }
        }
    }

    public static Coroutine<?> helperDepth(Probe p) {
        return Coroutine.of(co -> {
            int sum = 0;
            for (int i = 0; i < 3; i++) {
                sum += down(co, p, 200);
            }
            return sum;
        });
    }

    private static int down(Co co, Probe p, int depth) {
        return depth == 0 ? co.await(p.ask(1)) : 1 + down(co, p, depth - 1);
    }

    public static Coroutine<?> varargs(Probe p) {
        return Coroutine.of(co -> sum(co, p) + sum(co, p, 1) + sum(co, p, co.await(p.ask(2)), co.await(p.ask(3))));
    }

    private static int sum(Co co, Probe p, int... numbers) {
        int sum = 0;
        for (int number : numbers) {
            sum += number * co.await(p.ask(10));
        }
        return sum;
    }

    public static Coroutine<?> overloads(Probe p) {
        return Coroutine.of(co -> over(co, p, 1) + over(co, p, 1L) + over(co, p, "s") + over(p, co));
    }

    private static String over(Co co, Probe p, int x) {
        return "int" + co.await(p.ask(x));
    }

    private static String over(Co co, Probe p, long x) {
        return "long" + co.await(p.ask(x));
    }

    private static String over(Co co, Probe p, Object x) {
        return "object" + co.await(p.ask(x));
    }

    private static String over(Probe p, Co co) {
        return "last" + co.await(p.ask('z'));
    }

    private static <T> T generic(Co co, Probe p, T value) {
        return co.await(p.ask(value));
    }

    private static <N extends Number & Comparable<N>> N larger(Co co, Probe p, N a, N b) {
        return co.await(p.ask(a)).compareTo(b) > 0 ? a : generic(co, p, b);
    }

    public static Coroutine<?> generics(Probe p) {
        return Coroutine.of(co -> {
            int i = generic(co, p, 5) + larger(co, p, 6, 7);
            List<String> list = generic(co, p, new ArrayList<>(List.of("e")));
            list.add(Methods.<String>generic(co, p, "f"));
            double d = larger(co, p, 2.5, 1.5);
            return i + list.get(0) + list + d;
        });
    }

    public static Coroutine<?> localClassWithHandle(Probe p) {
        return Coroutine.of(co -> {
            String captured = co.await(p.ask("captured"));
            class Local {
                private int calls;

                String run(Co c, int n) {
                    calls++;
                    return captured + c.await(p.ask(n)) + calls;
                }
            }
            Local local = new Local();
            record Named(String name, Object value) {
                Named with(Co c, Probe q) {
                    return new Named(name, c.await(q.ask(value)));
                }
            }
            return local.run(co, 1) + local.run(co, 2) + new Named("n", 3).with(co, p);
        });
    }

    private final class Inner {
        private String run(Co co) {
            return outer(co) + co.await(probe.ask("inner"));
        }
    }

    private final Probe probe;

    private Methods(Probe probe) {
        this.probe = probe;
    }

    private String outer(Co co) {
        return co.await(probe.ask("outer")) + probe.say("kept");
    }

    public static Coroutine<?> innerClass(Probe p) {
        return Coroutine.of(co -> new Methods(p).new Inner().run(co));
    }

    public static Coroutine<?> thisIsKept(Probe p) {
        return Coroutine.of(new Coroutine.Body<String>() {
            private int state = 1;

            @Override
            public String run(Co co) {
                state += co.await(p.ask(2));
                co.await(p.ask("then"));
                return "state " + state;
            }
        });
    }

    public static Coroutine<?> bodyIsARecord(Probe p) {
        return Coroutine.of(new Body(p, 3));
    }

    private record Body(Probe p, int n) implements Coroutine.Body<Integer> {
        @Override
        public Integer run(Co co) {
            return co.await(p.ask(n)) + co.await(p.ask(n + 1));
        }
    }

    public static Coroutine<?> parametersReassigned(Probe p) {
        return Coroutine.of(co -> reassigned(co, p, "a", 1));
    }

    private static String reassigned(Co co, Probe p, String text, long number) {
        for (int i = 0; i < 2; i++) {
            text += co.await(p.ask(i));
            number += text.length();
        }
        Co other = co;
        return text + number + other.await(p.ask("through another variable"));
    }

    public static Coroutine<?> handleOfALessSpecificType(Probe p) {
        return Coroutine.of(co -> narrowed(co, p));
    }

    private static String narrowed(Handle handle, Probe p) {
        return handle instanceof Co co ? "co " + co.await(p.ask("narrowed")) + co.await(p.ask("again")) : "none";
    }
}
