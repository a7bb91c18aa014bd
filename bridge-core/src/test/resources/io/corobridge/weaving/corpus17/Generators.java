package io.corobridge.weaving.corpus17;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorCo;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import io.corobridge.GeneratorExit;
import io.corobridge.weaving.Probe;
import java.util.List;

/** Generators and async generators: yield as an expression, yield from, helpers, recursion. */
public final class Generators {
    public static Generator<?, ?, ?> counting(Probe p) {
        return Generator.<Integer, Object, String>of(co -> {
            for (int i = 0; i < 3; i++) {
                p.log(co.yield(i));
            }
            return "counted";
        });
    }

    public static Generator<?, ?, ?> averager(Probe p) {
        return Generator.<Double, Integer, Double>of(co -> {
            double sum = 0;
            int n = 0;
            while (n < 3) {
                sum += co.yield(n == 0 ? 0.0 : sum / n);
                n++;
            }
            return sum / n;
        });
    }

    public static Generator<?, ?, ?> yieldsInExpressions(Probe p) {
        return Generator.<Object, Integer, Object>of(co -> {
            int x = co.yield("a") + co.yield("b") * p.say(2) - co.yield('c');
            int[] array = {co.yield(1), 5, co.yield(2)};
            array[1] += co.yield(array[0] > 0 ? co.yield("yes") : "no");
            return List.of(x, array[1], co.yield(co.yield("inner")));
        });
    }

    public static Generator<?, ?, ?> finallyAroundYield(Probe p) {
        return Generator.<Object, Object, Object>of(co -> {
            try {
                try {
                    co.yield("one");
                    co.yield("two");
                } catch (IllegalStateException e) {
                    p.caught(e);
                    co.yield("caught");
                }
                return "normal";
            } finally {
                p.log("finally");
            }
        });
    }

    public static Generator<?, ?, ?> yieldInFinally(Probe p) {
        return Generator.<Object, Object, Object>of(co -> {
            try {
                return co.yield("one");
            } finally {
                p.log(co.yield("clean-up"));
            }
        });
    }

    public static Generator<?, ?, ?> exitIntoResult(Probe p) {
        return Generator.<Object, Object, Object>of(co -> {
            try {
                co.yield(1);
                co.yield(2);
            } catch (GeneratorExit exit) {
                return "closed";
            }
            return "ran out";
        });
    }

    public static Generator<?, ?, ?> delegation(Probe p) {
        return Generator.<Object, Object, Object>of(co -> {
            Object first = co.yieldFrom(counting2(p));
            co.yieldFrom(List.of("x", "y"));
            return first + "" + co.yieldFrom(counting2(p)) + co.yield("end");
        });
    }

    private static Generator<Object, Object, Object> counting2(Probe p) {
        return p.keep(Generator.of(co -> {
            try {
                return co.yield(1) + "/" + co.yield(2);
            } finally {
                p.log("inner over");
            }
        }));
    }

    private record Tree(Tree left, int value, Tree right) {
        void walk(GeneratorCo<Integer, Object> co) {
            if (left != null) {
                left.walk(co);
            }
            co.yield(value);
            if (right != null) {
                right.walk(co);
            }
        }
    }

    public static Generator<?, ?, ?> treeWalk(Probe p) {
        Tree tree = new Tree(new Tree(null, 1, new Tree(null, 2, null)), 3, new Tree(null, 4, null));
        return Generator.ofVoid(tree::walk);
    }

    public static Generator<?, ?, ?> helpers(Probe p) {
        return Generator.<Object, Object, Object>of(co -> {
            Object a = pair(co, p, 1L, "x");
            return a + "" + pair(co, p, 2L, "y");
        });
    }

    private static <Y> Y pair(GeneratorCo<? super Y, ?> co, Probe p, long n, Y value) {
        Object first = co.yield(value);
        p.log(first + " " + n);
        co.yield(value);
        return value;
    }

    public static Generator<?, ?, ?> consumesAnother(Probe p) {
        return Generator.<Object, Object, Object>of(co -> {
            int sum = 0;
            for (Object x : counting2(p)) {
                sum += (Integer) x;
                co.yield("seen " + x);
            }
            return sum;
        });
    }

    public static AsyncGenerator<?, ?> awaitsAndYields(Probe p) {
        return AsyncGenerator.<Object, Object>of(co -> {
            for (int i = 0; i < 2; i++) {
                Object sent = co.yield("y" + co.await(p.ask(i)));
                p.log(sent);
                p.log(co.await(p.ask("between")) + co.yield("again"));
            }
        });
    }

    public static AsyncGenerator<?, ?> asyncFinally(Probe p) {
        return AsyncGenerator.<Object, Object>of(co -> {
            try {
                co.yield(1);
                co.await(p.ask("a"));
                co.yield(2);
            } catch (IllegalStateException e) {
                p.caught(e);
                co.yield("caught");
            } finally {
                p.log(co.await(p.ask("clean-up")));
            }
        });
    }

    public static AsyncGenerator<?, ?> asyncHelpers(Probe p) {
        return AsyncGenerator.<Object, Object>of(co -> {
            emit(co, p, "a");
            co.withVoid(p.manager("m"), name -> emit(co, p, name));
            emit(co, p, "b");
        });
    }

    private static void emit(AsyncGeneratorCo<Object, Object> co, Probe p, String text) {
        co.yield(text + co.await(p.ask(1)) + co.yield(text));
    }

    public static Coroutine<?> generatorBasedCoroutine(Probe p) {
        return Coroutine.of(co -> {
            Object got = co.await(Awaitables.fromGenerator(counting2(p)));
            return got + co.await(p.ask("!"));
        });
    }

    public static Coroutine<?> sharedGenerator(Probe p) {
        return Coroutine.of(co -> {
            Generator<Object, Object, Object> shared = counting2(p);
            p.log(shared.next());
            Coroutine<Object> inner = Coroutine.of(c -> c.await(Awaitables.fromGenerator(shared)));
            Object got = co.await(inner);
            return got + "" + shared.state() + inner.state();
        });
    }
}
