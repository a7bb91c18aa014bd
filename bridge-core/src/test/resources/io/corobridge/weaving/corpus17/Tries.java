package io.corobridge.weaving.corpus17;

import io.corobridge.Coroutine;
import io.corobridge.GeneratorExit;
import io.corobridge.weaving.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;

/** try, catch and finally, nested, with jumps out of each. */
public final class Tries {
    public static Coroutine<?> awaitInEveryPart(Probe p) {
        return Coroutine.of(co -> {
            String state = "start";
            try {
                state = co.await(p.ask("tried"));
                throw new IllegalArgumentException(state);
            } catch (IllegalArgumentException e) {
                p.caught(e);
                state += co.await(p.ask(" caught"));
            } finally {
                state += co.await(p.ask(" finally"));
                p.log(state);
            }
            return state;
        });
    }

    @SuppressWarnings("finally")
    public static Coroutine<?> returnInFinally(Probe p) {
        return Coroutine.of(co -> {
            try {
                return co.await(p.ask("lost"));
            } finally {
                p.log("finally");
                if (co.await(p.ask(true))) {
                    return "from finally";
                }
            }
        });
    }

    @SuppressWarnings("finally")
    public static Coroutine<?> breakAndContinueInFinally(Probe p) {
        return Coroutine.of(co -> {
            String seen = "";
            for (int i = 0; i < 4; i++) {
                try {
                    seen += co.await(p.ask(i));
                    if (i == 3) {
                        return "lost";
                    }
                    throw new IllegalStateException("swallowed " + i);
                } finally {
                    seen += co.await(p.ask("f"));
                    if (i < 3) {
                        continue;
                    }
                    break;
                }
            }
            return seen;
        });
    }

    public static Coroutine<?> returnThroughTwo(Probe p) {
        return Coroutine.of(co -> {
            long kept = 7;
            try {
                try {
                    return kept + co.await(p.ask(1L));
                } finally {
                    kept = 100 + co.await(p.ask(2));
                    p.log("inner " + kept);
                }
            } finally {
                p.log("outer " + co.await(p.ask(3)) + kept);
            }
        });
    }

    public static Coroutine<?> jumpsThroughFinally(Probe p) {
        return Coroutine.of(co -> {
            StringBuilder seen = new StringBuilder();
            outer:
            for (int i = 0; i < 3; i++) {
                try {
                    for (int j = 0; j < 3; j++) {
                        try {
                            int k = co.await(p.ask(i * 3 + j));
                            if (k == 1) {
                                break;
                            }
                            if (k == 4) {
                                continue outer;
                            }
                            if (k == 6) {
                                break outer;
                            }
                            seen.append(k);
                        } finally {
                            seen.append('i').append(co.await(p.ask(j)));
                        }
                    }
                } finally {
                    seen.append('o');
                }
            }
            return seen.toString();
        });
    }

    public static Coroutine<?> multiCatch(Probe p) {
        return Coroutine.of(co -> {
            for (int i = 0; i < 3; i++) {
                try {
                    switch (co.await(p.ask(i))) {
                        case 0 -> throw new IOException("io");
                        case 1 -> throw new UncheckedIOException(new IOException("cause"));
                        default -> throw new Exception("other");
                    }
                } catch (IOException | UncheckedIOException e) {
                    p.caught(e);
                    p.log(co.await(p.ask("either")));
                } catch (Exception e) {
                    p.caught(e);
                    throw new IllegalStateException(co.await(p.ask("wrapped")), e);
                }
            }
            return "not here";
        });
    }

    public static Coroutine<?> catchesAll(Probe p) {
        return Coroutine.of(co -> {
            String seen = "";
            for (int i = 0; i < 3; i++) {
                try {
                    seen += co.await(p.ask(i));
                } catch (Throwable t) {
                    p.caught(t);
                    seen += "!";
                }
            }
            return seen;
        });
    }

    public static Coroutine<?> generatorExitTurnedIntoAValue(Probe p) {
        return Coroutine.of(co -> {
            try {
                return co.await(p.ask("value"));
            } catch (GeneratorExit exit) {
                p.log("closing");
                return "closed";
            }
        });
    }

    public static Coroutine<?> exitAnsweredByAnAwait(Probe p) {
        return Coroutine.of(co -> {
            try {
                return co.await(p.ask("value"));
            } catch (GeneratorExit exit) {
                p.log(co.await(p.ask("not yet")));
                throw exit;
            }
        });
    }

    public static Coroutine<?> raisedInFinallyReplacesIt(Probe p) {
        return Coroutine.of(co -> {
            try {
                try {
                    co.await(p.ask(1));
                    throw new IllegalStateException("first");
                } finally {
                    if (co.await(p.ask(true))) {
                        throw new IllegalArgumentException("second");
                    }
                }
            } catch (RuntimeException e) {
                p.caught(e);
                e.addSuppressed(new RuntimeException(co.await(p.ask("suppressed"))));
                throw e;
            }
        });
    }

    public static Coroutine<?> nestedCatches(Probe p) {
        return Coroutine.of(co -> {
            try {
                co.await(p.ask("a"));
                throw new Exception("a");
            } catch (Exception a) {
                try {
                    co.await(p.ask("b"));
                    throw new Exception("b", a);
                } catch (Exception b) {
                    try {
                        p.log(co.await(p.ask("c")) + a.getMessage() + b.getMessage());
                    } finally {
                        p.log(a.getMessage() + co.await(p.ask("d")) + b.getMessage());
                    }
                    return a.getMessage() + b.getMessage();
                }
            }
        });
    }

    public static Coroutine<?> lineOfTheThrow(Probe p) {
        return Coroutine.of(co -> {
            int zero = co.await(p.ask(0));
            try {
                return 1 / zero;
            } catch (ArithmeticException e) {
                p.caught(e);
            }
            int[] none = new int[co.await(p.ask(0))];
            try {
                none[co.await(p.ask(3))] = co.await(p.ask(4));
            } catch (ArrayIndexOutOfBoundsException e) {
                p.caught(e);
            }
            Object text = co.await(p.ask("text"));
            try {
                return (Integer) text;
            } catch (ClassCastException e) {
                p.caught(e);
            }
            String nothing = co.await(p.ready(null));
            return nothing.length() + co.await(p.ask(1));
        });
    }

    public static Coroutine<?> emptyTryAndFinally(Probe p) {
        return Coroutine.of(co -> {
            try {
                co.await(p.ask(1));
            } catch (IllegalStateException ignored) {
            } finally {
            }
            try {
            } finally {
                co.await(p.ask(2));
            }
            return "done";
        });
    }

    public static Coroutine<?> failedWithoutSuspending(Probe p) {
        return Coroutine.of(co -> {
            try {
                co.await(p.failed(new IOException("at once")));
            } catch (Exception e) {
                p.caught(e);
            }
            return co.await(p.ask("then"));
        });
    }
}
