package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.testkit.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.Scannable.Attr;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.publisher.TestPublisher;

/** What Reactor sees of the bridge when it scans, and its assembly hooks, names and checkpoints. */
@Timeout(60)
class ScanTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void resetHooks() {
        Hooks.resetOnEachOperator();
        Hooks.resetOnOperatorDebug();
    }

    private static AsyncGenerator<Integer, Void> endless() {
        return AsyncGenerator.of(co -> {
            while (true) {
                co.yield(1);
            }
        });
    }

    private static Generator<Integer, Void, Void> one() {
        return Generator.of(co -> {
            co.yield(1);
            return null;
        });
    }

    /** The subscription that a subscriber is given. */
    private static final class Scanning<T> extends Recording<T> {
        private Scannable run = Scannable.from(null);

        Scanning(long demand) {
            super(demand);
        }

        @Override
        public void onSubscribe(Subscription offered) {
            run = Scannable.from(offered);
            super.onSubscribe(offered);
        }
    }

    @Test
    void publishersSayWhatTheyAreAndWhereTheyRun() {
        Map<String, Scannable> names = Map.of(
                "coroutine", Scannable.from(CoMono.from(Coroutine.of(co -> 1))),
                "asyncIterable", Scannable.from(CoFlux.from(endless())),
                "generator", Scannable.from(CoFlux.fromGenerator(ScanTest::one)));
        names.forEach((name, publisher) -> assertThat(publisher.stepName()).isEqualTo(name));
        assertThat(names.get("generator").scan(Attr.RUN_STYLE)).isEqualTo(Attr.RunStyle.SYNC);
        Scannable scheduled = Scannable.from(CoFlux.from(endless(), Schedulers.parallel()));
        assertThat(scheduled.scan(Attr.RUN_STYLE)).isEqualTo(Attr.RunStyle.ASYNC);
        assertThat(scheduled.scanUnsafe(Attr.RUN_ON)).isSameAs(Schedulers.parallel());
        assertThat(Scannable.from(Flux.just(1).transform(CoFlux.<Integer, Integer>stage(8, (co, source) -> {})))
                        .scan(Attr.PREFETCH))
                .isEqualTo(8);
    }

    @Test
    void runSaysHowFarItIs() {
        Scanning<Integer> flux = new Scanning<>(3);
        CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
                    co.yield(1);
                    co.await(Mono.never());
                }))
                .subscribe(flux);
        assertThat(flux.run.scanUnsafe(Attr.ACTUAL)).isSameAs(flux);
        assertThat(flux.run.scan(Attr.REQUESTED_FROM_DOWNSTREAM)).isEqualTo(2);
        assertThat(flux.run.scan(Attr.CANCELLED)).isFalse();
        assertThat(flux.run.scan(Attr.TERMINATED)).isFalse();
        flux.cancel();
        assertThat(flux.run.scan(Attr.CANCELLED)).isTrue();
        Scanning<Integer> mono = new Scanning<>(1);
        CoMono.from(Coroutine.of(co -> 1)).subscribe(mono);
        assertThat(mono.run.scan(Attr.TERMINATED)).isTrue();
        Scanning<Integer> generator = new Scanning<>(Long.MAX_VALUE);
        CoFlux.fromGenerator(ScanTest::one).subscribe(generator);
        assertThat(generator.run.scan(Attr.TERMINATED)).isTrue();
        assertThat(generator.run.scan(Attr.CANCELLED)).isFalse();
    }

    /** The source, which writes down who subscribes to it. */
    private static Flux<Integer> seeing(List<Scannable> seen, Flux<Integer> observed) {
        return new FluxOperator<Integer, Integer>(observed) {
            @Override
            public void subscribe(CoreSubscriber<? super Integer> actual) {
                seen.add(Scannable.from(actual));
                source.subscribe(actual);
            }
        };
    }

    @Test
    void awaitsAndLoopsAreSubscribersThatCanBeScanned() {
        List<Scannable> seen = new ArrayList<>();
        TestPublisher<Integer> source = TestPublisher.create();
        Recording<Object> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> {
                    for (int each : co.each(seeing(seen, source.flux()), 4)) {
                        log.add(each);
                        co.await(seeing(seen, Flux.never()));
                    }
                    return 1;
                }))
                .subscribe(subscriber);
        source.next(1, 2, 3);
        Scannable each = seen.get(0);
        assertThat(each.stepName()).isEqualTo("each");
        assertThat(each.scan(Attr.PREFETCH)).isEqualTo(4);
        assertThat(each.scan(Attr.BUFFERED)).isEqualTo(2);
        assertThat(each.scan(Attr.TERMINATED)).isFalse();
        Scannable await = seen.get(1);
        assertThat(await.stepName()).isEqualTo("await");
        assertThat(await.scan(Attr.CANCELLED)).isFalse();
        subscriber.cancel();
        assertThat(await.scan(Attr.CANCELLED)).isTrue();
        assertThat(each.scan(Attr.CANCELLED)).isTrue();
    }

    @Test
    void assemblyHooksSeeEverythingAndMayReplaceIt() {
        Hooks.onEachOperator(publisher -> {
            log.add(Scannable.from(publisher).stepName());
            return publisher;
        });
        CoMono.from(Coroutine.of(co -> 1));
        CoMono.fromAwaitable(Coroutine.of(co -> 1));
        CoFlux.from(endless());
        CoFlux.fromGenerator(ScanTest::one);
        assertThat(log).containsExactly("coroutine", "awaitable", "asyncIterable", "generator");
        Hooks.onEachOperator(publisher -> Mono.never());
        Recording<Integer> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> 1)).subscribe(subscriber);
        assertThat(subscriber.signals).isEmpty();
    }

    @Test
    void debugAndCheckpointsNameTheBridge() {
        Failure failure = new Failure("traced");
        Hooks.onOperatorDebug();
        Recording<Integer> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.<Integer>of(co -> {
                    throw failure;
                }))
                .checkpoint("here")
                .name("body")
                .tag("kind", "test")
                .subscribe(subscriber);
        assertThat(subscriber.signals).containsExactly(failure);
        assertThat(failure.getSuppressed()).isNotEmpty();
        assertThat(failure.getSuppressed()[0].toString())
                .contains("CoroutineMono")
                .contains("here");
        assertThat(Scannable.from(CoFlux.from(endless()).name("counts")).name()).isEqualTo("counts");
    }
}
