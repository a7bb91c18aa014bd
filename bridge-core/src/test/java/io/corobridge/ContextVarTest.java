package io.corobridge;

import static io.corobridge.ProtocolSupport.NET_SECONDS;
import static io.corobridge.ProtocolSupport.onAnotherThread;
import static io.corobridge.ProtocolSupport.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.DriverSupport.Recorder;
import io.corobridge.DriverSupport.Source;
import io.corobridge.drive.Driver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Context variables: values, tokens, copies, and who shares a context with whom. */
@Timeout(NET_SECONDS)
class ContextVarTest {
    private final ContextVar<String> var = ContextVar.of("v", "d");
    private final List<String> log = new ArrayList<>();

    /** Runs a test in a context of its own. */
    private static void inNewContext(Runnable test) {
        new Context().run(test);
    }

    @Test
    void valueIsWhatWasSetElseTheDefaultElseALookupError() {
        inNewContext(() -> {
            ContextVar<String> bare = ContextVar.of("bare");
            assertThat(var.get()).isEqualTo("d");
            assertThat(var.get("absent")).isEqualTo("absent");
            assertThat(bare.get("absent")).isEqualTo("absent");
            assertThatThrownBy(bare::get)
                    .isExactlyInstanceOf(LookupError.class)
                    .hasMessageStartingWith("<ContextVar name='bare' at 0x");
            var.set("s");
            bare.set(null);
            assertThat(var.get()).isEqualTo("s");
            assertThat(bare.get("absent")).isNull();
        });
    }

    @Test
    void tokenGivesBackWhatWasThereOnce() {
        inNewContext(() -> {
            ContextVar.Token<String> first = var.set("1");
            ContextVar.Token<String> second = var.set("2");
            assertThat(second.oldValue()).isEqualTo("1");
            assertThat(second.var()).isSameAs(var);
            assertThatThrownBy(() -> ContextVar.<String>of("w").reset(second))
                    .isExactlyInstanceOf(ValueError.class)
                    .hasMessageEndingWith(" was created by a different ContextVar");
            assertThatThrownBy(() -> Context.copyContext().run(() -> var.reset(second)))
                    .isExactlyInstanceOf(ValueError.class)
                    .hasMessageEndingWith(" was created in a different Context");
            var.reset(second);
            assertThat(var.get()).isEqualTo("1");
            assertThatThrownBy(() -> var.reset(second))
                    .isExactlyInstanceOf(RuntimeError.class)
                    .hasMessageEndingWith(" has already been used once");
            var.reset(first);
            assertThat(var.get()).isEqualTo("d");
            assertThat(Context.copyContext().contains(var)).isFalse();
        });
    }

    @Test
    void copyKeepsTheValuesAndWhatRunsInItChangesOnlyIt() {
        inNewContext(() -> {
            var.set("outer");
            Context copy = Context.copyContext();
            copy.run(() -> {
                assertThat(var.get()).isEqualTo("outer");
                var.set("inner");
            });
            assertThat(var.get()).isEqualTo("outer");
            assertThat(copy.get(var)).isEqualTo("inner");
            assertThat(copy.variables()).containsExactly(var);
        });
    }

    @Test
    void contextIsEnteredOnce() {
        Context context = new Context();
        context.run(() -> assertThatThrownBy(() -> context.run(() -> log.add("entered")))
                .isExactlyInstanceOf(RuntimeError.class)
                .hasMessageMatching("cannot enter context: <Context object at 0x\\w+> is already entered"));
        assertThat(log).isEmpty();
        context.run(() -> log.add("entered again"));
        assertThat(log).containsExactly("entered again");
    }

    @Test
    void callReturnsAndRaisesWhatTheCodeDoesAndLeavesTheContext() throws Exception {
        Context context = new Context();
        assertThat(context.call(() -> 1)).isEqualTo(1);
        assertThatThrownBy(() -> context.call(() -> {
                    var.set("in it");
                    throw new java.io.IOException("io");
                }))
                .isExactlyInstanceOf(java.io.IOException.class);
        assertThat(var.get()).isEqualTo("d");
        assertThat(context.get(var)).isEqualTo("in it");
    }

    @Test
    void randomSetsAndResetsAgreeWithAPlainMap() {
        Random random = new Random(5);
        List<ContextVar<Integer>> vars = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            vars.add(ContextVar.of("v" + i));
        }
        inNewContext(() -> {
            Map<ContextVar<Integer>, Integer> model = new HashMap<>();
            List<ContextVar.Token<Integer>> tokens = new ArrayList<>();
            List<Map<ContextVar<Integer>, Integer>> before = new ArrayList<>();
            for (int step = 0; step < 5_000; step++) {
                if (!tokens.isEmpty() && random.nextInt(3) == 0) {
                    ContextVar.Token<Integer> last = tokens.remove(tokens.size() - 1);
                    last.var().reset(last);
                    model = before.remove(before.size() - 1);
                } else {
                    before.add(new HashMap<>(model));
                    ContextVar<Integer> chosen = vars.get(random.nextInt(vars.size()));
                    tokens.add(chosen.set(step));
                    model.put(chosen, step);
                }
                Context copy = Context.copyContext();
                assertThat(copy.variables()).hasSize(model.size());
                for (ContextVar<Integer> one : vars) {
                    assertThat(copy.get(one)).isEqualTo(model.get(one));
                    assertThat(copy.contains(one)).isEqualTo(model.containsKey(one));
                }
            }
        });
    }

    @Test
    @Tag("H01")
    @Tag("T28")
    void generatorsCoroutinesAndAsyncGeneratorsShareTheContextOfWhoStepsThem() {
        inNewContext(() -> {
            Generator<Object, Object, Object> generator = Generator.of(co -> {
                var.set(var.get() + " generator");
                co.yield(1);
                return var.get();
            });
            generator.next();
            assertThat(var.get()).isEqualTo("d generator");
            var.set("stepper");
            assertThatThrownBy(generator::next)
                    .isInstanceOfSatisfying(
                            StopIteration.class,
                            stop -> assertThat(stop.value()).isEqualTo("stepper"));

            Coroutine<Object> inner = Coroutine.of(co -> {
                var.set("inner");
                return co.await(y());
            });
            Coroutine<String> outer = Coroutine.of(co -> {
                co.await(inner);
                return var.get();
            });
            outer.send(null);
            assertThat(var.get()).isEqualTo("inner");
            var.set("between");
            assertThatThrownBy(() -> outer.send(null))
                    .isInstanceOfSatisfying(
                            StopIteration.class,
                            stop -> assertThat(stop.value()).isEqualTo("between"));
        });
    }

    @Test
    void bodyThatIsSteppedOnAnotherThreadSeesTheContextOfThatThread() throws Exception {
        Coroutine<Object> coroutine = Coroutine.of(co -> {
            log.add(var.get());
            co.await(y());
            log.add(var.get());
            var.set("set there");
            co.await(y());
            log.add(var.get());
            return null;
        });
        inNewContext(() -> {
            var.set("first");
            coroutine.send(null);
        });
        assertThat(onAnotherThread(() -> {
                    var.set("second");
                    coroutine.send(null);
                    return var.get();
                }))
                .isEqualTo("-> 'set there'");
        coroutine.close();
        assertThat(log).containsExactly("first", "second");
        assertThat(var.get()).isEqualTo("d");
    }

    @Test
    void driverRunsTheBodyInACopyThatFollowsItFromThreadToThread() {
        Source source = new Source();
        Recorder host = new Recorder();
        Coroutine<Object> body = Coroutine.of(co -> {
            String seen = var.get();
            var.set("the body's");
            co.await(source);
            return seen + ", " + var.get();
        });
        inNewContext(() -> {
            var.set("subscriber's");
            Driver.of(body, host).start();
            assertThat(var.get()).isEqualTo("subscriber's");
            var.set("changed later");
        });
        source.complete("x");
        assertThat(host.told).containsExactly("returned subscriber's, the body's");
        assertThat(var.get()).isEqualTo("d");
    }

    @Test
    void bindingThatFailsLeavesTheContextThatWasCurrent() {
        inNewContext(() -> {
            Context outer = Context.current();
            IllegalStateException broken = new IllegalStateException("broken accessor");
            Context entering = new Context();
            entering.onEnter(() -> {
                throw broken;
            });
            assertThatThrownBy(() -> entering.run(() -> log.add("ran"))).isSameAs(broken);
            assertThat(Context.current()).isSameAs(outer);

            Context leaving = new Context();
            leaving.onEnter(() -> () -> {
                throw broken;
            });
            assertThatThrownBy(() -> leaving.run(() -> log.add("ran"))).isSameAs(broken);
            assertThat(Context.current()).isSameAs(outer);
            assertThat(log).containsExactly("ran");
        });
    }

    @Test
    void bodySeesWhatItsContextPutsInPlaceOnWhateverThreadItRuns() {
        ThreadLocal<String> local = new ThreadLocal<>();
        Context context = new Context();
        context.onEnter(() -> {
            Thread bound = Thread.currentThread();
            String before = local.get();
            local.set("in place");
            return () -> {
                assertThat(Thread.currentThread()).isSameAs(bound);
                local.set(before);
            };
        });
        Coroutine<String> coroutine = Coroutine.of(co -> {
            log.add("begins: " + local.get());
            local.set("changed");
            co.await(y("suspended"));
            log.add("goes on: " + local.get());
            return "done";
        });
        local.set("of the stepper");
        context.run(() -> coroutine.send(null));
        assertThat(local.get()).isEqualTo("of the stepper");
        assertThatThrownBy(() -> context.call(() -> coroutine.send(null))).isInstanceOf(StopIteration.class);
        assertThat(local.get()).isEqualTo("of the stepper");
        assertThat(log).containsExactly("begins: in place", "goes on: in place");
    }

    @Test
    void bindingThatFailsOnTheThreadOfABodyIsRaisedInIt() {
        Thread stepper = Thread.currentThread();
        IllegalStateException broken = new IllegalStateException("broken accessor");
        Context context = new Context();
        context.onEnter(() -> {
            if (Thread.currentThread() != stepper) {
                throw broken;
            }
            return () -> {};
        });
        Coroutine<String> coroutine =
                Coroutine.of(co -> Thread.currentThread() == stepper ? "without a thread" : "bad");
        assertThatThrownBy(() -> context.call(() -> coroutine.send(null))).satisfies(ending -> {
            if (ending != broken) {
                assertThat(((StopIteration) ending).value()).isEqualTo("without a thread");
            }
        });
    }
}
