package io.corobridge.weaving.corpus25;

import module java.base;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;

/** Java 25: statements before super(..), unnamed variables and patterns, module imports. */
public final class Newest {
    private record Point(int x, int y) {}

    private static class Base {
        final String text;

        Base(String text) {
            this.text = text;
        }
    }

    private static final class Checked extends Base {
        final int length;

        Checked(String text) {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
            length = text.length();
            super(text.strip());
        }

        String show(Co co, Probe p) {
            return text + length + co.await(p.ask(text));
        }
    }

    public static Coroutine<?> flexibleConstructors(Probe p) {
        return Coroutine.of(co -> {
            String good = new Checked(co.await(p.ask(" a "))).show(co, p);
            try {
                return new Checked(co.await(p.ask(""))).show(co, p);
            } catch (IllegalArgumentException _) {
                return good + co.await(p.ask("refused"));
            }
        });
    }

    public static Coroutine<?> unnamed(Probe p) {
        return Coroutine.of(co -> {
            int sum = 0;
            for (var _ : List.of(1, 2)) {
                sum += co.await(p.ask(1));
            }
            Object o = co.await(p.ask((Object) new Point(3, 4)));
            if (o instanceof Point(int x, _)) {
                sum += x;
            }
            var _ = co.await(p.ask("ignored"));
            Function<Object, Integer> f = _ -> 100;
            try (var _ = p.open("r")) {
                sum += f.apply(co.await(p.ask(5)));
            }
            return switch (o) {
                case Point(_, int y) when y > co.await(p.ask(3)) -> sum + y;
                case Point _ -> sum;
                default -> -1;
            };
        });
    }

    public static Coroutine<?> unnamedHandle(Probe p) {
        return Coroutine.of(co -> {
            Coroutine.Body<String> unused = _ -> p.say("no await");
            return co.await(Coroutine.of(unused)) + co.await(p.ask("end"));
        });
    }

    public static Coroutine<?> moduleImport(Probe p) {
        return Coroutine.of(co -> Stream.of(co.await(p.ask(1)), co.await(p.ask(2)))
                .map(n -> n * 10)
                .collect(Collectors.toList()));
    }
}
