package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;

/** Errors of the machine are thrown, as in Reactor, on the thread where they show; what was open is closed before. */
@Timeout(60)
class FatalErrorTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final LinkageError fatal = new NoClassDefFoundError("test");

    private <T> Recording<T> throwing() {
        return new Recording<>(Long.MAX_VALUE) {
            @Override
            public void onNext(T element) {
                super.onNext(element);
                throw fatal;
            }
        };
    }

    @Test
    void ofACoroutineIsThrownToTheSubscribingThread() {
        Recording<String> subscriber = Recording.unbounded();
        Mono<String> mono = CoMono.from(Coroutine.of(co -> {
            throw fatal;
        }));
        assertThat(catchThrowable(() -> mono.subscribe(subscriber))).isSameAs(fatal);
        assertThat(subscriber.signals).isEmpty();
        subscriber.cancel();
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void ofACoroutineIsThrownToTheThreadThatResumesIt() {
        TestPublisher<String> awaited = TestPublisher.create();
        Recording<String> subscriber = Recording.unbounded();
        CoMono.from(Coroutine.<String>of(co -> {
                    co.await(awaited.flux());
                    throw fatal;
                }))
                .subscribe(subscriber);
        assertThat(catchThrowable(awaited::complete)).isSameAs(fatal);
        assertThat(subscriber.signals).isEmpty();
    }

    @Test
    void ofACoroutineThatAFutureResumesIsLoggedSinceTheFutureWouldSwallowIt() {
        List<Throwable> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("io.corobridge");
        Filter before = logger.getFilter();
        Thread completes = Thread.currentThread();
        logger.setFilter(entry -> {
            // That a body is not woven is logged there too, without one, and by other threads what becomes of bodies
            // that nobody has.
            if (entry.getThrown() != null && Thread.currentThread() == completes) {
                logged.add(entry.getThrown());
            }
            return false;
        });
        try {
            CompletableFuture<String> future = new CompletableFuture<>();
            Recording<String> subscriber = Recording.unbounded();
            CoMono.from(Coroutine.<String>of(co -> {
                        co.await(future);
                        throw fatal;
                    }))
                    .subscribe(subscriber);
            future.complete("value");
            assertThat(subscriber.signals).isEmpty();
            assertThat(logged).containsExactly(fatal);
        } finally {
            logger.setFilter(before);
        }
    }

    @Test
    void ofACleanUpIsThrownToTheCanceller() {
        Recording<String> subscriber = Recording.unbounded();
        CoMono.from(Coroutine.<String>of(co -> {
                    try {
                        return co.await(Mono.never());
                    } finally {
                        fail();
                    }
                }))
                .subscribe(subscriber);
        assertThat(catchThrowable(subscriber::cancel)).isSameAs(fatal);
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.dropped).isEmpty();
    }

    private void fail() {
        throw fatal;
    }

    @Test
    void ofACleanUpDoesNotKeepARefusedRequestFromItsError() {
        Recording<String> subscriber = new Recording<>(0);
        CoMono.from(Coroutine.<String>of(co -> {
                    try {
                        return co.await(Mono.never());
                    } finally {
                        fail();
                    }
                }))
                .subscribe(subscriber);
        assertThat(catchThrowable(() -> subscriber.request(-1))).isSameAs(fatal);
        assertThat(subscriber.signals).singleElement().isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofTheSubscriberOfAMonoIsThrown() {
        Recording<String> subscriber = throwing();
        Mono<String> mono = CoMono.from(Coroutine.of(co -> "value"));
        assertThat(catchThrowable(() -> mono.subscribe(subscriber))).isSameAs(fatal);
        assertThat(subscriber.signals).containsExactly("value");
    }

    @Test
    void ofAnAsyncGeneratorIsThrown() {
        Recording<Integer> subscriber = Recording.unbounded();
        Flux<Integer> flux = CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
            co.yield(1);
            throw fatal;
        }));
        assertThat(catchThrowable(() -> flux.subscribe(subscriber))).isSameAs(fatal);
        assertThat(subscriber.signals).containsExactly(1);
        subscriber.cancel();
        subscriber.request(1);
        assertThat(subscriber.signals).containsExactly(1);
    }

    @Test
    void ofTheSubscriberOfAFluxIsThrownWhenTheBodyIsClosed() {
        Recording<Integer> subscriber = throwing();
        Flux<Integer> flux = CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
            try {
                co.yield(1);
            } finally {
                log.add("closed");
            }
        }));
        assertThat(catchThrowable(() -> flux.subscribe(subscriber))).isSameAs(fatal);
        assertThat(log).containsExactly("closed");
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void ofAnAsyncCleanUpIsThrownToTheThreadThatResumesIt() {
        Sinks.One<String> returned = Sinks.one();
        Recording<Integer> subscriber = new Recording<>(1);
        CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
                    try {
                        co.yield(1);
                    } finally {
                        co.await(returned.asMono());
                        fail();
                    }
                }))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(catchThrowable(() -> returned.tryEmitEmpty())).isSameAs(fatal);
        assertThat(subscriber.dropped).isEmpty();
    }
}
