package io.corobridge.weaving.corpus17;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;

/** try-with-resources around awaits. */
public final class Resources {
    public static Coroutine<?> one(Probe p) {
        return Coroutine.of(co -> {
            try (Probe.Resource r = p.open("r")) {
                return co.await(p.ask("with r"));
            }
        });
    }

    public static Coroutine<?> many(Probe p) {
        return Coroutine.of(co -> {
            try (Probe.Resource a = opened(co, p, "a");
                    Probe.Resource none = null;
                    Probe.Resource b = opened(co, p, "b")) {
                p.log(none);
                return co.await(p.ask("both"));
            } catch (IllegalStateException e) {
                p.caught(e);
                return co.await(p.ask("caught"));
            } finally {
                p.log(co.await(p.ask("finally")));
            }
        });
    }

    private static Probe.Resource opened(Co co, Probe p, String name) {
        return p.open(co.await(p.ask(name)));
    }

    public static Coroutine<?> raisesWhenClosed(Probe p) {
        return Coroutine.of(co -> {
            try (Probe.Resource good = p.open("good");
                    Probe.Resource bad = p.openBad("bad")) {
                p.log(co.await(p.ask("inside")));
            } catch (IllegalStateException e) {
                p.caught(e);
            }
            try (Probe.Resource bad = p.openBad("again")) {
                throw new IllegalArgumentException(co.await(p.ask("first")));
            }
        });
    }

    public static Coroutine<?> effectivelyFinal(Probe p) {
        return Coroutine.of(co -> {
            Probe.Resource r = p.open(co.await(p.ask("r")));
            try (r) {
                for (int i = 0; i < 2; i++) {
                    co.await(p.ask(i));
                }
            }
            return "done";
        });
    }

    public static Coroutine<?> eachAsResource(Probe p) {
        return Coroutine.of(co -> {
            int sum = 0;
            try (var numbers = co.each(p.numbers(5))) {
                for (int n : numbers) {
                    sum += n;
                    if (n == 2) {
                        break;
                    }
                }
            }
            return sum + co.await(p.ask(100));
        });
    }

    public static Coroutine<?> nestedInLoop(Probe p) {
        return Coroutine.of(co -> {
            for (int i = 0; i < 2; i++) {
                try (Probe.Resource outer = p.open("outer" + i)) {
                    try (Probe.Resource inner = p.open(co.await(p.ask("inner" + i)))) {
                        if (co.await(p.ask(i)) == 1) {
                            return "left";
                        }
                        continue;
                    } finally {
                        p.log("after inner");
                    }
                }
            }
            return "not here";
        });
    }
}
