package io.corobridge.weaving.corpus17;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;
import java.util.ArrayList;
import java.util.List;

/** Awaits among the arguments of a constructor: the new object lies uninitialised on the stack meanwhile. */
public final class Construction {
    private record Pair(Object a, Object b) {}

    private static class Base {
        final String text;

        Base(long n, String text) {
            this.text = n + text;
        }

        String more() {
            return text;
        }
    }

    private final class Inner {
        final int n;

        Inner(int n) {
            this.n = n + base;
        }
    }

    private final int base;

    private Construction(int base) {
        this.base = base;
    }

    public static Coroutine<?> oneArgument(Probe p) {
        return Coroutine.of(co -> new StringBuilder(co.await(p.ask("text"))).reverse().toString());
    }

    public static Coroutine<?> betweenArguments(Probe p) {
        return Coroutine.of(co -> {
            Pair pair = new Pair(p.say("a"), co.await(p.ask(2)));
            Pair other = new Pair(co.await(p.ask(1L)), p.say("b"));
            return List.of(pair, other);
        });
    }

    public static Coroutine<?> besideTryInSwitch(Probe p) {
        return Coroutine.of(co -> new Pair(
                co.await(p.ask("a")),
                new Pair("b", switch (co.await(p.ask(1))) {
                    case 1 -> {
                        try {
                            yield co.await(p.ask("one"));
                        } finally {
                            p.log("switch");
                        }
                    }
                    default -> p.say("other");
                })));
    }

    public static Coroutine<?> besideTryWithoutAwait(Probe p) {
        return Coroutine.of(co -> {
            assert !co.await(p.ask(true)) : switch (p.say(1)) {
                case 1 -> {
                    try {
                        yield p.say("one");
                    } finally {
                        p.log("switch");
                    }
                }
                default -> co.await(p.ask("other"));
            };
            return "no assertions";
        });
    }

    public static Coroutine<?> nested(Probe p) {
        return Coroutine.of(co -> new Pair(
                new Pair(co.await(p.ask(1)), new Pair(p.say(2), co.await(p.ask(3)))),
                new Pair(new String(co.await(p.ask("s"))), new ArrayList<>(List.of(co.await(p.ask(4)))))));
    }

    public static Coroutine<?> amongOtherOperands(Probe p) {
        return Coroutine.of(co -> {
            long before = 5;
            return before
                    + new Base(co.await(p.ask(1L)), co.await(p.ask("t"))).more().length()
                    + " "
                    + new Pair(before, co.await(p.ask(2.5)));
        });
    }

    public static Coroutine<?> anonymous(Probe p) {
        return Coroutine.of(co -> {
            String captured = co.await(p.ask("captured"));
            Base made = new Base(co.await(p.ask(3L)), co.await(p.ask("x"))) {
                @Override
                String more() {
                    return super.more() + captured;
                }
            };
            return made.more() + co.await(p.ask("!"));
        });
    }

    public static Coroutine<?> inner(Probe p) {
        return Coroutine.of(co -> {
            Construction outer = new Construction(co.await(p.ask(100)));
            return outer.new Inner(co.await(p.ask(1))).n + make(co, p).new Inner(co.await(p.ask(2))).n;
        });
    }

    private static Construction make(Co co, Probe p) {
        return new Construction(co.await(p.ask(1000)));
    }

    public static Coroutine<?> inConditional(Probe p) {
        return Coroutine.of(co -> {
            Pair pair = new Pair(co.await(p.ask(true)) ? new Pair(1, co.await(p.ask(2))) : "none", p.say("b"));
            return co.await(p.ask(pair)) == pair ? new Pair(pair, co.await(p.ask("same"))) : null;
        });
    }

    public static Coroutine<?> exceptions(Probe p) {
        return Coroutine.of(co -> {
            try {
                throw new IllegalArgumentException(co.await(p.ask("message")), new Exception(co.await(p.ask("cause"))));
            } catch (IllegalArgumentException e) {
                p.caught(e);
                throw new IllegalStateException(e.getMessage() + co.await(p.ask(1)), e);
            }
        });
    }

    public static Coroutine<?> insideTry(Probe p) {
        return Coroutine.of(co -> {
            Pair pair = null;
            for (int i = 0; i < 2; i++) {
                try {
                    pair = new Pair(pair, new Pair(co.await(p.ask(i)), co.await(p.ask(i + 10))));
                } catch (IllegalStateException e) {
                    p.caught(e);
                } finally {
                    p.log(pair);
                }
            }
            return pair;
        });
    }

    public static Coroutine<?> sameTypeTwiceUninitialised(Probe p) {
        return Coroutine.of(co -> {
            List<Object> made = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                made.add(new Pair(i, new Pair(new Pair(co.await(p.ask(i)), i), co.await(p.ask("x" + i)))));
            }
            return made;
        });
    }

    public static Coroutine<?> storedIntoField(Probe p) {
        Object[] holder = new Object[2];
        return Coroutine.of(co -> {
            holder[co.await(p.ask(1))] = new Pair(holder, co.await(p.ask(2))).b();
            return holder;
        });
    }
}
