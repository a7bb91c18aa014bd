package io.corobridge.weaving.corpus17;

import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.weaving.Handoff;
import io.corobridge.weaving.Probe;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What cannot be woven runs on a thread of its own, with the same result, and the weaver says where. */
public final class Unweavable {
    @Handoff
    public static Coroutine<?> synchronizedBlock(Probe p) {
        Object lock = new Object();
        return Coroutine.of(co -> {
            String before = co.await(p.ask("before"));
            synchronized (lock) {
                before += co.await(p.ask("inside")); // !SYNCHRONIZED_BLOCK
            }
            return before + co.await(p.ask("after"));
        });
    }

    @Handoff
    public static Coroutine<?> synchronizedBlockInHelper(Probe p) {
        return Coroutine.of(co -> {
            String before = co.await(p.ask("before"));
            return before + locked(co, p) + co.await(p.ask("after")); // !UNWOVEN_CALLEE
        });
    }

    private static String locked(Co co, Probe p) {
        String first = co.await(p.ask("first"));
        synchronized (p) {
            try {
                return first + co.await(p.ask("locked")); // !SYNCHRONIZED_BLOCK
            } finally {
                p.log("unlocking");
            }
        }
    }

    @Handoff
    public static Coroutine<?> synchronizedMethod(Probe p) {
        return Coroutine.of(co -> {
            int sum = 0;
            for (int i = 0; i < 2; i++) {
                sum += together(co, p, i); // !UNWOVEN_CALLEE
            }
            return sum + co.await(p.ask(100));
        });
    }

    private static synchronized int together(Co co, Probe p, int n) {
        return n + co.await(p.ask(n)); // !SYNCHRONIZED_METHOD
    }

    @Handoff
    public static Coroutine<?> constructor(Probe p) {
        return Coroutine.of(co -> {
            String before = co.await(p.ask("before"));
            Constructed made = new Constructed(co, p, before);
            return made.text + co.await(p.ask("after"));
        });
    }

    private static final class Constructed {
        final String text;

        Constructed(Co co, Probe p, String before) {
            text = before + co.await(p.ask("within")); // !CONSTRUCTOR
        }
    }

    @Handoff
    public static Coroutine<?> throughForEach(Probe p) {
        return Coroutine.of(co -> {
            List<String> seen = new ArrayList<>();
            List.of("a", "b").forEach(x -> seen.add(x + co.await(p.ask(x)))); // !NO_HANDLE_FRAME
            return seen + co.await(p.ask("after"));
        });
    }

    @Handoff
    public static Coroutine<?> throughOptional(Probe p) {
        return Coroutine.of(co -> {
            String before = co.await(p.ask("before"));
            try {
                return Optional.of(1).map(n -> { // !NO_HANDLE_FRAME
                    try {
                        return before + n + co.await(p.ask("mapped"));
                    } finally {
                        p.log("leaving map");
                    }
                }).get();
            } catch (IllegalStateException e) {
                p.caught(e);
                return co.await(p.ask("caught"));
            }
        });
    }

    @Handoff
    public static Coroutine<?> supplierThatAwaits(Probe p) {
        return Coroutine.of(co -> {
            Supplier<String> supplier = () -> co.await(p.ask("supplied"));
            return supplier.get() + co.await(p.ask("after")); // !NO_HANDLE_FRAME
        });
    }

    private interface Service {
        String serve(Co co, String text);
    }

    @Handoff
    public static Coroutine<?> proxy(Probe p) {
        return Coroutine.of(co -> {
            Service real = (c, text) -> text + c.await(p.ask("served"));
            Service proxy = proxied(p, real);
            String first = real.serve(co, "direct ");
            return first + proxy.serve(co, "proxied ") + real.serve(co, " direct");
        });
    }

    private static Service proxied(Probe p, Service real) {
        return (Service) Proxy.newProxyInstance(
                Service.class.getClassLoader(), new Class<?>[] {Service.class}, (self, method, arguments) -> {
                    p.log("begin transaction");
                    String result = real.serve((Co) arguments[0], (String) arguments[1]);
                    p.log("commit " + result);
                    return result;
                });
    }

    @Handoff
    public static Coroutine<?> functionOfTheLibrary(Probe p) {
        return Coroutine.of(co -> {
            Function<Co, String> f = c -> c.await(p.ask("f"));
            Function<Co, String> composed = f.andThen(s -> s + "!");
            return f.apply(co) + composed.apply(co) + co.await(p.ask("after"));
        });
    }

    @Handoff
    public static Coroutine<?> bodyAsVarargsReference(Probe p) {
        return Coroutine.of(new Unweavable(p)::handles); // !HANDLE_ESCAPES
    }

    private final Probe p;

    private Unweavable(Probe p) {
        this.p = p;
    }

    private Object handles(Co... handles) {
        return handles.length + "" + handles[0].await(p.ask("handles"));
    }

    @Handoff
    public static Coroutine<?> handleInAField(Probe p) {
        return Coroutine.of(co -> {
            Holder holder = new Holder(co);
            return holder.ask(p, "held") + co.await(p.ask("after")); // !NO_HANDLE_FRAME
        });
    }

    private static final class Holder {
        private final Co co;

        Holder(Co co) {
            this.co = co;
        }

        String ask(Probe p, String text) {
            return co.await(p.ask(text));
        }
    }

    @Handoff
    public static Coroutine<?> severalHandles(Probe p) {
        return Coroutine.of(co -> two(co, p, co) + co.await(p.ask("after"))); // !UNWOVEN_CALLEE
    }

    private static String two(Co a, Probe p, Co b) {
        return a.await(p.ask("a")) + b.await(p.ask("b")); // !SEVERAL_HANDLES
    }

    @Handoff
    public static Coroutine<?> closedWithinTheCallee(Probe p) {
        return Coroutine.of(co -> {
            try {
                return locked(co, p); // !UNWOVEN_CALLEE
            } catch (IllegalStateException e) {
                p.caught(e);
                return co.await(p.ask("caught"));
            } finally {
                p.log("finally " + co.await(p.ask("clean-up")));
            }
        });
    }

    @Handoff
    public static Coroutine<?> outerHandleInInnerBody(Probe p) {
        return Coroutine.of(co -> {
            Coroutine<String> inner = Coroutine.of(c -> {
                String own = c.await(p.ask("own"));
                return own + co.await(p.ask("not mine")); // !FOREIGN_HANDLE
            });
            try {
                return co.await(inner);
            } catch (RuntimeException e) {
                p.caught(e);
                return co.await(p.ask("refused"));
            }
        });
    }

    @Handoff
    public static Coroutine<?> handleOfAnotherCoroutine(Probe p) {
        Co[] leaked = new Co[1];
        return Coroutine.of(co -> {
            co.await(Coroutine.ofVoid(c -> {
                leaked[0] = c; // !HANDLE_ESCAPES
                c.await(p.ask("leaking"));
            }));
            try {
                return leaked[0].await(p.ask("leaked")); // !FOREIGN_HANDLE
            } catch (RuntimeException e) {
                p.caught(e);
                return co.await(p.ask("refused"));
            }
        });
    }

    private static final class Lazy {
        static final Awaitable<String> READY = Awaitables.ready("ready");
    }

    public static Coroutine<?> staticInitialiserWithoutAwait(Probe p) {
        return Coroutine.of(co -> co.await(Lazy.READY) + co.await(p.ask("after")));
    }
}
