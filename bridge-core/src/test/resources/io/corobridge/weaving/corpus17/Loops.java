package io.corobridge.weaving.corpus17;

import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Loops of every form, with awaits in every part. */
public final class Loops {
    public static Coroutine<?> awaitInCondition(Probe p) {
        return Coroutine.of(co -> {
            int i = 0;
            while (co.await(p.ask(i < 3))) {
                i++;
                p.log(i);
                if (i > 5) {
                    break;
                }
            }
            return i;
        });
    }

    public static Coroutine<?> doWhile(Probe p) {
        return Coroutine.of(co -> {
            int i = 0;
            do {
                i += co.await(p.ask(2));
            } while (co.await(p.ask(i)) < 6);
            return i;
        });
    }

    public static Coroutine<?> awaitInEveryPartOfFor(Probe p) {
        return Coroutine.of(co -> {
            String seen = "";
            for (int i = co.await(p.ask(1)), end = co.await(p.ask(3));
                    co.await(p.ask(i < end));
                    i += co.await(p.ask(1))) {
                seen += i;
                if (i > 9) {
                    break;
                }
            }
            return seen;
        });
    }

    public static Coroutine<?> labels(Probe p) {
        return Coroutine.of(co -> {
            List<String> seen = new ArrayList<>();
            outer:
            for (int i = 0; i < 4; i++) {
                for (int j = 0; ; j++) {
                    int k = co.await(p.ask(i * 10 + j));
                    if (k == 1) {
                        continue outer;
                    }
                    if (k == 11) {
                        break;
                    }
                    if (k == 21) {
                        break outer;
                    }
                    seen.add(i + ":" + j);
                }
                seen.add("after " + i);
            }
            block:
            {
                if (co.await(p.ask(true))) {
                    break block;
                }
                seen.add("not here");
            }
            return seen;
        });
    }

    public static Coroutine<?> overArrayAndList(Probe p) {
        return Coroutine.of(co -> {
            long sum = 0;
            for (int x : new int[] {3, 5, 7}) {
                sum += co.await(p.ask((long) x)) * x;
            }
            for (String s : List.of("a", "bb")) {
                sum += s.length() * co.await(p.ask(10));
            }
            for (Map.Entry<String, Integer> e : new TreeMap<>(Map.of("k", 1, "l", 2)).entrySet()) {
                p.log(e.getKey() + co.await(p.ask(e.getValue())));
            }
            return sum;
        });
    }

    public static Coroutine<?> explicitIterator(Probe p) {
        return Coroutine.of(co -> {
            StringBuilder text = new StringBuilder();
            Iterator<String> it = List.of("x", "y", "z").iterator();
            while (it.hasNext()) {
                text.append(it.next()).append(co.await(p.ask('-')));
            }
            return text.toString();
        });
    }

    public static Coroutine<?> nestedWithLiveValues(Probe p) {
        return Coroutine.of(co -> {
            double total = 0.5;
            for (byte a = 0; a < 2; a++) {
                long big = 1L << (40 + a);
                for (char c = 'a'; c < 'c'; c++) {
                    float f = c + 0.25f;
                    total += co.await(p.ask(f)) + big;
                    p.log(total + " " + a + c);
                }
            }
            return total;
        });
    }

    public static Coroutine<?> infiniteUntilRaised(Probe p) {
        return Coroutine.of(co -> {
            int n = 0;
            while (true) {
                try {
                    co.await(p.ask(n++));
                    if (n == 4) {
                        throw new IllegalArgumentException("enough");
                    }
                } catch (IllegalArgumentException e) {
                    p.caught(e);
                    return n;
                }
            }
        });
    }

    public static Coroutine<?> emptyBodies(Probe p) {
        return Coroutine.of(co -> {
            int i = 0;
            for (; co.await(p.ask(i++)) < 2; ) {}
            while (i-- > 0 && co.await(p.ask(true))) {}
            return i;
        });
    }

    private static Iterator<Integer> iterator() {
        return List.of(1, 2).iterator();
    }

    public static Coroutine<?> staticMethodNamedAsThatOfIterables(Probe p) {
        return Coroutine.of(co -> {
            int sum = 0;
            for (Iterator<Integer> each = iterator(); each.hasNext(); ) {
                sum += co.await(p.ask(each.next()));
            }
            return sum;
        });
    }
}
