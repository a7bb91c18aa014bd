package io.corobridge.weaving.corpus17;

import io.corobridge.AsyncGenerator;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Each;
import io.corobridge.weaving.Probe;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** async for, over sources and over async generators. */
public final class Streams {
    private static AsyncGenerator<Integer, Object> squares(Probe p, int count) {
        return p.keep(AsyncGenerator.of(co -> {
            try {
                for (int i = 0; i < count; i++) {
                    int n = co.await(p.ask(i));
                    co.yield(n * n);
                }
            } finally {
                p.log("squares over");
            }
        }));
    }

    public static Coroutine<?> overAsyncGenerator(Probe p) {
        return Coroutine.of(co -> {
            List<Integer> seen = new ArrayList<>();
            for (int square : co.each(squares(p, 3))) {
                seen.add(square + co.await(p.ask(100)));
            }
            return seen;
        });
    }

    public static Coroutine<?> leftEarly(Probe p) {
        return Coroutine.of(co -> {
            AsyncGenerator<Integer, Object> squares = squares(p, 5);
            for (int square : co.each(squares)) {
                if (square > 0) {
                    break;
                }
            }
            p.log(squares.state());
            co.await(squares.aclose());
            return squares.state().toString();
        });
    }

    public static Coroutine<?> nested(Probe p) {
        return Coroutine.of(co -> {
            String seen = "";
            outer:
            for (int a : co.each(p.numbers(3))) {
                for (int b : co.each(p.numbers(3))) {
                    if (b > a) {
                        continue outer;
                    }
                    seen += a + "" + b + co.await(p.ask(","));
                }
            }
            return seen;
        });
    }

    public static Coroutine<?> inHelper(Probe p) {
        return Coroutine.of(co -> sum(co, co.each(p.numbers(4))) + sum(co, List.of(10, 20)));
    }

    private static int sum(Co co, Iterable<Integer> numbers) {
        int sum = 0;
        for (int number : numbers) {
            sum += number;
        }
        return sum;
    }

    public static Coroutine<?> explicitIterator(Probe p) {
        return Coroutine.of(co -> {
            Each<Integer> each = co.each(p.numbers(3));
            Iterator<Integer> iterator = each.iterator();
            String seen = "";
            while (iterator.hasNext() && each.hasNext()) {
                seen += iterator.next();
            }
            return seen + each.hasNext();
        });
    }

    public static Coroutine<?> nextWithoutHasNext(Probe p) {
        return Coroutine.of(co -> {
            Each<Integer> each = co.each(p.numbers(2));
            int first = each.next();
            Integer second = each.next();
            try {
                return each.next();
            } catch (java.util.NoSuchElementException e) {
                p.caught(e);
                return first + second;
            }
        });
    }

    public static Coroutine<?> raisedInTheLoop(Probe p) {
        return Coroutine.of(co -> {
            for (int n : co.each(squares(p, 3))) {
                try {
                    p.log(n);
                    if (co.await(p.ask(n)) == 1) {
                        throw new IllegalArgumentException("at " + n);
                    }
                } catch (IllegalArgumentException e) {
                    p.caught(e);
                } finally {
                    co.await(p.ask("f" + n));
                }
            }
            return "over";
        });
    }

    public static Coroutine<?> insideWith(Probe p) {
        return Coroutine.of(co -> co.with(p.manager("m"), name -> {
            int sum = 0;
            for (int n : co.each(p.numbers(2))) {
                sum += n + co.await(p.ask(1));
            }
            return name + sum;
        }));
    }

    public static Coroutine<?> valuesOnTheStack(Probe p) {
        return Coroutine.of(co -> p.say("a") + count(co, p) + p.say("b") + count(co, p));
    }

    private static long count(Co co, Probe p) {
        long count = 0;
        for (Object ignored : co.each(p.numbers(2))) {
            count++;
        }
        return count;
    }

    public static AsyncGenerator<?, ?> generatorOverGenerator(Probe p) {
        return AsyncGenerator.<Integer, Object>of(co -> {
            for (int square : co.each(squares(p, 3))) {
                if (square != 1) {
                    co.yield(square + 1);
                }
            }
        });
    }
}
