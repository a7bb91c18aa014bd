package io.corobridge.weaving.corpus21;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;
import java.util.List;

/** Java 21: switches over types and records, with awaits in selectors, guards and results. */
public final class Patterns {
    private sealed interface Shape permits Circle, Box, Group {}

    private record Circle(double radius) implements Shape {}

    private record Box(int width, long height) implements Shape {}

    private record Group(Shape left, Shape right) implements Shape {}

    private enum Colour {
        RED,
        GREEN
    }

    public static Coroutine<?> typePatterns(Probe p) {
        return Coroutine.of(co -> {
            String seen = "";
            for (Object o : new Object[] {1, "two", 3L, 'x', null, Colour.GREEN}) {
                seen += switch (co.await(p.ask(new Object[] {o}))[0]) {
                    case Integer i when i > co.await(p.ask(5)) -> "large";
                    case Integer i -> "int " + co.await(p.ask(i));
                    case String s when co.await(p.ask(false)) || s.length() == co.await(p.ask(3)) -> s;
                    case String s -> "string";
                    case null -> "null" + co.await(p.ask(0));
                    case Colour c when c == Colour.RED -> "red";
                    case Colour c -> c + co.await(p.ask("colour"));
                    case Long l -> {
                        try {
                            yield l + co.await(p.ask(1L));
                        } finally {
                            p.log("long");
                        }
                    }
                    default -> co.await(p.ask("other"));
                };
            }
            return seen;
        });
    }

    public static Coroutine<?> recordPatterns(Probe p) {
        return Coroutine.of(co -> area(co, p, new Group(new Circle(2), new Group(new Box(3, 4), new Circle(1)))));
    }

    private static double area(Co co, Probe p, Shape shape) {
        return switch (shape) {
            case Circle(double r) -> r * r * co.await(p.ask(3));
            case Box(int w, long h) when co.await(p.ask(w)) == 0 -> h;
            case Box(int w, var h) -> w * co.await(p.ask(h));
            case Group(Circle(double r), Shape right) -> r + area(co, p, right) * co.await(p.ask(2));
            case Group(Shape left, Shape right) -> area(co, p, left) + area(co, p, right);
        };
    }

    public static Coroutine<?> instanceofRecord(Probe p) {
        return Coroutine.of(co -> {
            Object o = co.await(p.ask((Object) new Box(5, 6)));
            if (o instanceof Box(int w, long h) && co.await(p.ask(w)) < h) {
                co.await(p.ask("between"));
                return w + h;
            }
            return "no";
        });
    }

    private record Bad(int n) {
        public int n() {
            throw new IllegalStateException("accessor");
        }
    }

    public static Coroutine<?> accessorRaises(Probe p) {
        return Coroutine.of(co -> {
            Object o = co.await(p.ask((Object) "x"));
            try {
                if (new Object[] {new Bad(1)}[co.await(p.ask(0))] instanceof Bad(int n)) {
                    return n + co.await(p.ask(1));
                }
            } catch (MatchException e) {
                p.caught(e);
            }
            return o + co.await(p.ask("caught"));
        });
    }

    public static Coroutine<?> enumsQualified(Probe p) {
        return Coroutine.of(co -> {
            int sum = 0;
            for (Colour colour : Colour.values()) {
                sum += switch (colour) {
                    case RED -> co.await(p.ask(1));
                    case GREEN -> co.await(p.ask(2));
                };
            }
            return sum;
        });
    }

    public static Coroutine<?> sequenced(Probe p) {
        return Coroutine.of(co -> {
            String seen = "";
            for (int i : List.of(1, 2, 3).reversed()) {
                seen += co.await(p.ask(i));
            }
            return seen;
        });
    }

    public static Coroutine<?> statementSwitch(Probe p) {
        return Coroutine.of(co -> {
            Shape shape = co.await(p.ask(new Box(1, 2)));
            switch (shape) {
                case Circle c:
                    p.log("circle");
                    break;
                case Box(int w, long h) when w > co.await(p.ask(1)):
                    p.log("wide");
                    break;
                case Box b:
                    p.log(co.await(p.ask(b.width)));
                    break;
                case Group g:
                    throw new IllegalStateException("group");
            }
            return co.await(p.ask("end"));
        });
    }
}
