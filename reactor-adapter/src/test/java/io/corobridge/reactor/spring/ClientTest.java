package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterables;
import io.corobridge.AsyncIterator;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import io.corobridge.reactor.CoMono;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Coroutines and async generators as bodies of WebClient, and in HTTP interfaces, against a running server. */
class ClientTest {
    /** What Spring implements. */
    interface Service {
        @GetExchange("/coroutine/{name}")
        Coroutine<Greeting> greet(@PathVariable("name") String name);

        @GetExchange("/errors/status")
        Coroutine<Greeting> conflict();

        @PostExchange("/void")
        Coroutine<@Nullable Void> withoutResult();

        @GetExchange(url = "/greetings", accept = MediaType.APPLICATION_NDJSON_VALUE)
        AsyncIterator<Greeting> iterator();

        @GetExchange(url = "/greetings", accept = MediaType.APPLICATION_NDJSON_VALUE)
        AsyncIterable<Greeting> iterable();

        @PostExchange("/next")
        Coroutine<Greeting> next(@RequestBody Coroutine<Greeting> body);

        @PostExchange(url = "/sum", contentType = MediaType.APPLICATION_NDJSON_VALUE)
        Coroutine<Integer> sum(@RequestBody AsyncIterable<Greeting> body);
    }

    private final WebClient client = Server.client();
    private final Service service = HttpServiceProxyFactory.builderFor(WebClientAdapter.create(client))
            .build()
            .createClient(Service.class);

    private static AsyncGenerator<Greeting, @Nullable Void> oneToFour() {
        return AsyncGenerator.of(co -> {
            for (int i = 1; i <= 4; i++) {
                co.await(Mono.empty().subscribeOn(Schedulers.parallel()));
                co.yield(new Greeting("tea", i));
            }
        });
    }

    @Test
    void coroutineIsTheBodyOfARequest() {
        Coroutine<Greeting> body = Coroutine.of(co -> new Greeting("tea", co.awaitSingle(Mono.just(1))));
        Mono<Greeting> answer =
                client.post().uri("/next").body(body, Greeting.class).retrieve().bodyToMono(Greeting.class);
        StepVerifier.create(answer).expectNext(new Greeting("tea", 2)).verifyComplete();
    }

    @Test
    void asyncGeneratorIsTheBodyOfARequest() {
        Mono<Integer> answer = client.post()
                .uri("/sum")
                .contentType(MediaType.APPLICATION_NDJSON)
                .body(oneToFour(), Greeting.class)
                .retrieve()
                .bodyToMono(Integer.class);
        StepVerifier.create(answer).expectNext(10).verifyComplete();
    }

    @Test
    void errorOfTheBodyIsThatOfTheRequest() {
        IllegalStateException failure = new IllegalStateException("no body");
        Coroutine<Greeting> body = Coroutine.of(co -> {
            throw failure;
        });
        Mono<Greeting> answer =
                client.post().uri("/next").body(body, Greeting.class).retrieve().bodyToMono(Greeting.class);
        StepVerifier.create(answer)
                .verifyErrorSatisfies(error -> assertThat(error).hasRootCause(failure));
    }

    /** Spring turns the body into a publisher for each attempt, and a coroutine may be run once. */
    @Test
    void requestThatMayBeRetriedTakesAMono() {
        AtomicInteger runs = new AtomicInteger();
        Coroutine<Greeting> body = Coroutine.of(co -> new Greeting("tea", runs.incrementAndGet()));
        WebClient.RequestBodySpec request = client.post().uri("/next");
        StepVerifier.create(request.body(CoMono.from(body), Greeting.class)
                        .retrieve()
                        .bodyToMono(Greeting.class)
                        .repeat(1))
                .expectNext(new Greeting("tea", 2), new Greeting("tea", 3))
                .verifyComplete();

        StepVerifier.create(request.body(Coroutine.of(co -> new Greeting("tea", 1)), Greeting.class)
                        .retrieve()
                        .bodyToMono(Greeting.class)
                        .repeat(1))
                .expectNext(new Greeting("tea", 2))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .hasRootCauseInstanceOf(RuntimeError.class)
                        .hasRootCauseMessage("cannot reuse already awaited coroutine"));
    }

    @Test
    void httpInterfaceReturnsACoroutineToBeAwaited() {
        Coroutine<String> twice =
                Coroutine.of(co -> co.await(service.greet("tea")).name()
                        + co.await(service.greet("cake")).name());
        StepVerifier.create(CoMono.from(twice)).expectNext("teacake").verifyComplete();
    }

    @Test
    void errorStatusIsRaisedAtTheAwait() {
        Coroutine<HttpStatus> status = Coroutine.of(co -> {
            try {
                co.await(service.conflict());
                return HttpStatus.OK;
            } catch (WebClientResponseException e) {
                return HttpStatus.valueOf(e.getStatusCode().value());
            }
        });
        StepVerifier.create(CoMono.from(status)).expectNext(HttpStatus.CONFLICT).verifyComplete();
    }

    @Test
    void httpInterfaceMayHaveNoResult() {
        int before = Server.bean(JsonEndpoints.class).accepted.get();
        StepVerifier.create(CoMono.from(service.withoutResult())).verifyComplete();
        assertThat(Server.bean(JsonEndpoints.class).accepted).hasValue(before + 1);
    }

    @Test
    void httpInterfaceReturnsWhatCanBeLoopedOver() {
        Coroutine<Integer> sum = Coroutine.of(co -> {
            int numbers = 0;
            for (Greeting greeting : co.each(service.iterator())) {
                numbers += greeting.number();
            }
            return numbers + co.await(AsyncIterables.toList(service.iterable())).size();
        });
        StepVerifier.create(CoMono.from(sum)).expectNext(6).verifyComplete();
    }

    @Test
    void httpInterfaceTakesCoroutinesAndAsyncIterables() {
        Coroutine<Integer> sum = Coroutine.of(co -> {
            Greeting next = co.await(service.next(Coroutine.of(body -> new Greeting("tea", 1))));
            return co.await(service.sum(oneToFour())) + next.number();
        });
        StepVerifier.create(CoMono.from(sum)).expectNext(12).verifyComplete();
    }
}
