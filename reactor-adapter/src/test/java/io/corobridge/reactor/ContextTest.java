package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.ContextVar;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Task;
import io.micrometer.context.ContextRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** The Reactor Context, context variables and Micrometer's thread-locals in bodies, on every way in and out. */
@Timeout(60)
class ContextTest {
    private static final String KEY = "corobridge.test.user";
    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    private final List<String> log = new CopyOnWriteArrayList<>();

    /** Signals what the subscriber's Context has. */
    private static final Mono<String> SEEN =
            Mono.deferContextual(context -> Mono.just(context.getOrDefault(KEY, "nobody")));

    @BeforeEach
    void register() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, USER);
    }

    @AfterEach
    void unregister() {
        ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
        USER.remove();
    }

    private static String user() {
        return CoContext.current().getOrDefault(KEY, "nobody");
    }

    private static <T> T run(Coroutine<T> coroutine) {
        return CoMono.from(coroutine).contextWrite(Context.of(KEY, "ann")).block();
    }

    @Test
    void bodySeesTheContextOfItsSubscriber() {
        String seen = run(Coroutine.of(co -> user()));
        assertThat(seen).isEqualTo("ann");
        StepVerifier.create(CoMono.from(Coroutine.of(co -> user())))
                .expectNext("nobody")
                .verifyComplete();
        StepVerifier.create(CoFlux.from(AsyncGenerator.<String, Void>of(co -> {
                            co.yield(user());
                            co.yield(user());
                        }))
                        .contextWrite(Context.of(KEY, "ann")))
                .expectNext("ann", "ann")
                .verifyComplete();
        assertThat(user()).isEqualTo("nobody");
    }

    @Test
    void whatABodyAwaitsOrLoopsOverSeesIt() {
        Publisher<String> foreign = subscriber -> SEEN.subscribe(subscriber);
        List<String> seen = run(Coroutine.of(co -> {
            List<String> all = new ArrayList<>();
            all.add(co.await(SEEN));
            all.add(co.await(foreign));
            all.add(co.await(CoMono.from(Coroutine.of(inner -> inner.await(SEEN)))));
            for (String each : co.each(SEEN.repeat(1))) {
                all.add(each);
            }
            for (String each : co.each(foreign)) {
                all.add(each);
            }
            for (String each : co.each(CoFlux.toAsyncIterable(SEEN.flux()))) {
                all.add(each);
            }
            return all;
        }));
        assertThat(seen).hasSize(7).containsOnly("ann");
    }

    @Test
    void stagesSubscribeToTheirSourceWithIt() {
        StepVerifier.create(SEEN.flux()
                        .transform(CoFlux.<String, String>stage((co, source) -> {
                            for (String each : co.each(source)) {
                                co.yield(each + user());
                            }
                        }))
                        .contextWrite(Context.of(KEY, "ann")))
                .expectNext("annann")
                .verifyComplete();
        StepVerifier.create(SEEN.transform(CoMono.<String, String>stage((co, source) -> co.await(source) + user()))
                        .contextWrite(Context.of(KEY, "ann")))
                .expectNext("annann")
                .verifyComplete();
    }

    @Test
    void bodyWritesForWhatItAwaitsFromThenOn() {
        List<String> seen = run(Coroutine.of(co -> {
            List<String> all = new ArrayList<>();
            ContextVar.Token<Context> token = CoContext.put(KEY, "bob");
            all.add(co.await(SEEN));
            CoContext.reset(token);
            all.add(co.await(SEEN));
            all.add(co.with(CoContext.write(context -> context.put(KEY, "eve")), context -> co.await(SEEN)));
            all.add(co.await(SEEN));
            return all;
        }));
        assertThat(seen).containsExactly("bob", "ann", "eve", "ann");
    }

    @Test
    void subscribersDoNotSeeWhatABodyWrites() {
        Mono<String> body = CoMono.from(Coroutine.of(co -> {
            CoContext.put(KEY, "bob");
            return user();
        }));
        assertThat(body.zipWith(SEEN, (inner, outer) -> inner + " " + outer).block())
                .isEqualTo("bob nobody");
        assertThat(user()).isEqualTo("nobody");
    }

    @Test
    void subscriberWithAnEmptyContextHasNotThatOfTheBodyThatSubscribes() {
        List<String> seen = run(Coroutine.of(co -> {
            CoMono.from(Coroutine.of(inner -> user())).subscribe(log::add);
            return List.copyOf(log);
        }));
        assertThat(seen).containsExactly("nobody");
    }

    @Test
    void tasksOfABodyHaveACopy() {
        String seen = run(Coroutine.of(co -> {
            Task<String> task = Asyncio.createTask(Coroutine.of(inner -> {
                String before = user();
                CoContext.put(KEY, "bob");
                return before + inner.await(SEEN);
            }));
            return co.await(task) + user();
        }));
        assertThat(seen).isEqualTo("annbobann");
    }

    @Test
    void variableThatAGeneratorSetsIsStillSetAfterItsYield() {
        ContextVar<String> var = ContextVar.of("test");
        StepVerifier.create(CoFlux.from(AsyncGenerator.<String, Void>of(co -> {
                    var.set("mine");
                    co.yield(var.get());
                    co.yield(var.get("lost"));
                    co.await(Mono.empty());
                    co.yield(var.get("lost"));
                })))
                .expectNext("mine", "mine", "mine")
                .verifyComplete();
        assertThat(var.get("none")).isEqualTo("none");
    }

    @Test
    void threadLocalsAreSetAtEachResumeAndRestoredAfter() throws InterruptedException {
        Sinks.One<String> sink = Sinks.one();
        CoMono.from(Coroutine.of(co -> {
                    log.add("begins as " + USER.get());
                    USER.set("changed");
                    co.await(sink.asMono());
                    log.add("resumes as " + USER.get());
                    return "";
                }))
                .contextWrite(Context.of(KEY, "ann"))
                .subscribe();
        log.add("subscriber is " + USER.get());
        Thread other = new Thread(() -> {
            USER.set("somebody");
            sink.tryEmitValue("go").orThrow();
            log.add("other is " + USER.get());
        });
        other.start();
        other.join();
        assertThat(log).containsExactly("begins as ann", "subscriber is null", "resumes as ann", "other is somebody");
    }

    @Test
    void threadLocalsThatTheContextHasNoValueForAreCleared() {
        USER.set("somebody");
        String seen = CoMono.from(Coroutine.of(co -> "" + USER.get()))
                .contextWrite(Context.of("another", "value"))
                .block();
        assertThat(seen).isEqualTo("null");
        assertThat(USER.get()).isEqualTo("somebody");
    }

    @Test
    void threadLocalsFollowInGeneratorsTasksAndLoops() {
        Flux<String> flux = CoFlux.from(AsyncGenerator.<String, Void>of(co -> {
            co.yield("" + USER.get());
            co.yield(co.await(Asyncio.createTask(Coroutine.of(inner -> "task " + USER.get()))));
            for (String each : co.each(Flux.just("each ").hide())) {
                co.yield(each + USER.get());
            }
        }));
        StepVerifier.create(flux.contextWrite(Context.of(KEY, "ann")).doOnNext(each -> log.add("" + USER.get())))
                .expectNext("ann", "task ann", "each ann")
                .verifyComplete();
        assertThat(log).containsExactly("null", "null", "null");
    }
}
