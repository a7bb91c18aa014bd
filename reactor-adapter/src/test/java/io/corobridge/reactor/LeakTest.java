package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.testkit.Leaks;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** Ten thousand runs that are cancelled leave no subscription, no task, no running body, and nothing reachable. */
@Timeout(300)
class LeakTest {
    private static final int RUNS = 10_000;

    private final AtomicInteger open = new AtomicInteger();

    @Test
    void ofCoroutinesThatAwait() throws InterruptedException {
        Sinks.Many<String> source = Sinks.many().multicast().directBestEffort();
        VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
        List<WeakReference<Object>> captured = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            Object resource = new Object();
            captured.add(new WeakReference<>(resource));
            boolean sleeps = i % 2 == 0;
            Disposable run = CoMono.from(Coroutine.<String>of(co -> {
                        open.incrementAndGet();
                        try {
                            if (sleeps) {
                                co.await(CoSchedulers.sleep(Duration.ofDays(1), scheduler));
                            }
                            return co.await(source.asFlux()) + resource;
                        } finally {
                            open.decrementAndGet();
                        }
                    }))
                    .contextWrite(Context.of("resource", resource))
                    .subscribe();
            run.dispose();
        }
        assertThat(open).hasValue(0);
        assertThat(source.currentSubscriberCount()).isZero();
        Leaks.assertCollected(captured);
    }

    @Test
    void ofStagesThatReadASource() throws InterruptedException {
        Sinks.Many<Integer> source = Sinks.many().multicast().directBestEffort();
        List<WeakReference<Object>> captured = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            Object resource = new Object();
            captured.add(new WeakReference<>(resource));
            Disposable run = source.asFlux()
                    .transform(CoFlux.<Integer, String>stage((co, elements) -> {
                        open.incrementAndGet();
                        try {
                            for (int each : co.each(elements)) {
                                co.yield(each + " " + resource);
                            }
                        } finally {
                            open.decrementAndGet();
                        }
                    }))
                    .subscribe();
            if (i % 2 == 0) {
                source.tryEmitNext(i).orThrow();
            }
            run.dispose();
        }
        assertThat(open).hasValue(0);
        assertThat(source.currentSubscriberCount()).isZero();
        Leaks.assertCollected(captured);
    }

    @Test
    void ofAsyncGeneratorsThatStandAtAYieldOrAwaitInTheirCleanUp() throws InterruptedException {
        List<WeakReference<Object>> captured = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            Object resource = new Object();
            captured.add(new WeakReference<>(resource));
            Object first = CoFlux.from(AsyncGenerator.<Object, Void>of(co -> {
                        open.incrementAndGet();
                        try {
                            while (true) {
                                co.yield(resource);
                            }
                        } finally {
                            co.await(Mono.empty().hide());
                            open.decrementAndGet();
                        }
                    }))
                    .blockFirst();
            assertThat(first).isSameAs(resource);
        }
        assertThat(open).hasValue(0);
        Leaks.assertCollected(captured);
    }
}
