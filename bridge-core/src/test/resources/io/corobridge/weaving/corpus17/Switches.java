package io.corobridge.weaving.corpus17;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Probe;

/** Switches of every form of Java 17. */
public final class Switches {
    private enum Colour {
        RED,
        GREEN,
        BLUE
    }

    public static Coroutine<?> fallThrough(Probe p) {
        return Coroutine.of(co -> {
            String seen = "";
            for (int i = 0; i < 4; i++) {
                switch (co.await(p.ask(i))) {
                    case 0:
                        seen += "zero" + co.await(p.ask(0));
                    case 1:
                        seen += "one" + co.await(p.ask(1));
                        break;
                    case 2:
                        continue;
                    default:
                        seen += "more";
                }
                seen += ";";
            }
            return seen;
        });
    }

    public static Coroutine<?> onStrings(Probe p) {
        return Coroutine.of(co -> {
            String seen = "";
            for (String s : new String[] {"Aa", "BB", "c", "?"}) {
                seen += switch (co.await(p.ask(s))) {
                    case "Aa" -> "first " + co.await(p.ask(1));
                    case "BB" -> {
                        String inner = co.await(p.ask("second"));
                        yield inner + co.await(p.ask(2L));
                    }
                    case "c" -> 'c';
                    default -> throwing(co, p);
                };
            }
            return seen;
        });
    }

    private static Object throwing(Co co, Probe p) {
        throw new IllegalArgumentException(co.await(p.ask("unknown")));
    }

    public static Coroutine<?> onEnums(Probe p) {
        return Coroutine.of(co -> {
            int sum = 0;
            for (Colour colour : Colour.values()) {
                sum += 100
                        * switch (colour) {
                            case RED -> co.await(p.ask(1));
                            case GREEN -> {
                                try {
                                    yield co.await(p.ask(2));
                                } finally {
                                    p.log("green");
                                }
                            }
                            case BLUE -> 3;
                        };
            }
            return sum;
        });
    }

    public static Coroutine<?> asOperand(Probe p) {
        return Coroutine.of(co -> {
            long base = 1000;
            return base
                    + co.await(p.ask(5))
                    * switch (co.await(p.ask((int) base))) {
                        case 1000 -> co.await(p.ask(7L));
                        default -> 0L;
                    }
                    - co.await(p.ask(1));
        });
    }

    public static Coroutine<?> withTryInsideOnTheStack(Probe p) {
        return Coroutine.of(co -> p.say("left ") + switch (co.await(p.ask(1))) {
            case 1 -> {
                try {
                    yield co.await(p.ask("tried"));
                } catch (IllegalStateException e) {
                    p.caught(e);
                    yield co.await(p.ask("caught"));
                }
            }
            default -> "";
        } + p.say(" right"));
    }

    public static Coroutine<?> nested(Probe p) {
        return Coroutine.of(co -> {
            int x = co.await(p.ask(2));
            return switch (x) {
                case 1, 2 -> switch (co.await(p.ask("in"))) {
                    case "in" -> switch (co.await(p.ask('c'))) {
                        case 'c' -> co.await(p.ask("deep")) + x;
                        default -> "none";
                    };
                    default -> "none";
                };
                default -> "none";
            };
        });
    }

    public static Coroutine<?> sparse(Probe p) {
        return Coroutine.of(co -> {
            int sum = 0;
            for (int key : new int[] {-1_000_000, 0, 77, Integer.MAX_VALUE}) {
                switch (key) {
                    case -1_000_000 -> sum += co.await(p.ask(1));
                    case 77 -> sum += co.await(p.ask(2)) + co.await(p.ask(3));
                    case Integer.MAX_VALUE -> {
                        byte b = co.await(p.ask((byte) 4));
                        sum += b;
                    }
                    default -> p.log("default");
                }
            }
            return sum;
        });
    }
}
