package io.corobridge.weaving.corpus17;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Lambdas and method references: as bodies, with a handle of their own, made and called around awaits. */
public final class Lambdas {
    private interface Step<T> {
        T run(Co co, String text) throws Exception;
    }

    private interface IntStep {
        int run(Co co);
    }

    private final Probe p;
    private final String name;

    private Lambdas(Probe p, String name) {
        this.p = p;
        this.name = name;
    }

    public static Coroutine<?> withAHandle(Probe p) {
        return Coroutine.of(co -> {
            Step<String> step = (c, text) -> text + c.await(p.ask(1)) + c.await(p.ask(2));
            return step.run(co, "a") + step.run(co, "b");
        });
    }

    public static Coroutine<?> withAHandleAndCaptures(Probe p) {
        return Coroutine.of(co -> {
            long base = co.await(p.ask(10L));
            String prefix = co.await(p.ask("p"));
            Step<Object> step = (c, text) -> prefix + c.await(p.ask(text)) + base;
            List<Object> seen = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int times = i;
                Step<Object> again = (c, text) -> times + (String) step.run(c, text + c.await(p.ask(times)));
                seen.add(again.run(co, "t"));
            }
            return seen;
        });
    }

    public static Coroutine<?> plainOnesAroundAwaits(Probe p) {
        return Coroutine.of(co -> {
            int a = co.await(p.ask(1));
            IntSupplier before = () -> a + 1;
            int b = co.await(p.ask(2)) + before.getAsInt();
            Supplier<String> after = () -> a + "/" + b;
            Function<Integer, Integer> f = x -> x * b;
            return f.apply(co.await(p.ask(3))) + after.get() + before.getAsInt();
        });
    }

    public static Coroutine<?> createdAmongOperands(Probe p) {
        return Coroutine.of(co -> apply(co.await(p.ask(1)), x -> x + "!", co.await(p.ask(2))));
    }

    private static String apply(int a, Function<Integer, String> f, int b) {
        return f.apply(a) + f.apply(b);
    }

    public static Coroutine<?> staticReference(Probe p) {
        return Coroutine.of(co -> {
            IntStep step = Lambdas::three;
            Step<String> other = Lambdas::twice;
            return step.run(co) + other.run(co, "x") + co.await(p.ask("y"));
        });
    }

    private static Integer three(Co co) {
        return co.await(io.corobridge.Awaitables.ready(3));
    }

    private static String twice(Co co, String text) {
        return text + co.await(io.corobridge.Awaitables.ready(text));
    }

    public static Coroutine<?> boundReference(Probe p) {
        Lambdas self = new Lambdas(p, "self");
        return Coroutine.of(co -> {
            Step<Object> step = self::named;
            IntStep number = self::number;
            return step.run(co, "a") + "" + number.run(co);
        });
    }

    private Object named(Co co, String text) {
        return name + text + co.await(p.ask(text));
    }

    private Integer number(Co co) {
        return co.await(p.ask(5));
    }

    private interface OnSelf {
        Object run(Lambdas self, Co co, String text);
    }

    public static Coroutine<?> unboundReference(Probe p) {
        return Coroutine.of(co -> {
            OnSelf step = Lambdas::named;
            return step.run(new Lambdas(p, co.await(p.ask("made"))), co, co.await(p.ask("b")));
        });
    }

    public static Coroutine<?> varargsReference(Probe p) {
        return Coroutine.of(co -> {
            Step<Object> step = new Lambdas(p, "v")::many;
            return step.run(co, "z");
        });
    }

    private Object many(Co co, Object... rest) {
        return rest.length + "" + co.await(p.ask(rest[0]));
    }

    public static Coroutine<?> intersection(Probe p) {
        return Coroutine.of((Coroutine.Body<String> & Serializable) co -> {
            Step<String> step = (Step<String> & Serializable) (c, text) -> text + c.await(p.ask(1));
            return step.run(co, "serializable ");
        });
    }

    public static Coroutine<?> returnsALambdaThatAwaits(Probe p) {
        return Coroutine.of(co -> {
            Step<Step<String>> maker = (c, text) -> {
                String made = c.await(p.ask(text));
                return (d, more) -> made + more + d.await(p.ask(more));
            };
            return maker.run(co, "first").run(co, "second");
        });
    }

    public static Coroutine<?> erasedReturnAndArgument(Probe p) {
        return Coroutine.of(co -> {
            Function<Co, Integer> f = c -> c.await(p.ask(4));
            Function<Co, List<? extends CharSequence>> g = c -> List.of(c.await(p.ask("l")));
            return f.apply(co) + g.apply(co).get(0).length();
        });
    }

    public static Coroutine<?> bodyHeldInAVariable(Probe p) {
        Coroutine.Body<Integer> body = co -> co.await(p.ask(1)) + co.await(p.ask(2));
        Coroutine.VoidBody noResult = co -> p.log(co.await(p.ask("void")));
        return Coroutine.of(co -> {
            co.await(Coroutine.ofVoid(noResult));
            return co.await(Coroutine.of(body)) + co.await(Coroutine.of(body));
        });
    }

    public static Coroutine<?> nestedBodies(Probe p) {
        return Coroutine.of(a -> {
            String outer = a.await(p.ask("a"));
            return a.await(Coroutine.of(b -> {
                String middle = outer + b.await(p.ask("b"));
                return b.await(Coroutine.of(c -> middle + c.await(p.ask("c")) + outer));
            }));
        });
    }
}
