package io.corobridge.weaving.corpus17;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;

/** The first things a weaver has to do: a loop, a finally, each, with, a helper. */
public final class Skeleton {
    public static Coroutine<?> oneAwait(Probe p) {
        return Coroutine.of(co -> co.await(p.ask("one")));
    }

    public static Coroutine<?> loop(Probe p) {
        return Coroutine.of(co -> {
            int sum = 0;
            for (int i = 0; i < 3; i++) {
                sum += co.await(p.ask(i));
                p.log(sum);
            }
            return sum;
        });
    }

    public static Coroutine<?> tryFinally(Probe p) {
        return Coroutine.of(co -> {
            try {
                return co.await(p.ask("inside"));
            } finally {
                p.log("finally");
            }
        });
    }

    public static Coroutine<?> finallyThatAwaits(Probe p) {
        return Coroutine.ofVoid(co -> {
            try {
                p.log(co.await(p.ask("inside")));
            } finally {
                p.log(co.await(p.ask("clean-up")));
            }
        });
    }

    public static Coroutine<?> each(Probe p) {
        return Coroutine.of(co -> {
            int sum = 0;
            for (int number : co.each(p.numbers(3))) {
                sum += number;
                p.log(sum);
            }
            return sum;
        });
    }

    public static Coroutine<?> with(Probe p) {
        return Coroutine.of(co -> co.with(p.manager("m"), name -> {
            String answer = co.await(p.ask("within"));
            return name + " " + answer;
        }));
    }

    public static Coroutine<?> helper(Probe p) {
        return Coroutine.of(co -> {
            String before = "before ";
            String got = help(co, p, 7);
            return before + got;
        });
    }

    private static String help(Co co, Probe p, int number) {
        int doubled = number * 2;
        int answer = co.await(p.ask(number));
        return doubled + "/" + answer;
    }

    public static Coroutine<?> coroutineAwaitsCoroutine(Probe p) {
        return Coroutine.of(co -> {
            Coroutine<String> inner = Coroutine.of(c -> {
                try {
                    return c.await(p.ask("inner"));
                } finally {
                    p.log("inner finally");
                }
            });
            try {
                return co.await(inner) + "!";
            } catch (IllegalStateException e) {
                p.caught(e);
                return co.await(p.ask("after"));
            }
        });
    }

    public static Coroutine<?> noSuspensionAtFirst(Probe p) {
        return Coroutine.of(co -> {
            String ready = co.await(p.ready("ready"));
            p.log(ready);
            String asked = co.await(p.ask("asked"));
            return ready + asked + co.await(p.ready("again"));
        });
    }

    public static Coroutine<?> methodReferenceAsBody(Probe p) {
        return new Skeleton(p).make();
    }

    private final Probe p;

    private Skeleton(Probe p) {
        this.p = p;
    }

    private Coroutine<String> make() {
        return Coroutine.of(this::body);
    }

    private String body(Co co) {
        String first = co.await(p.ask("first"));
        return first + co.await(p.ask("second"));
    }
}
