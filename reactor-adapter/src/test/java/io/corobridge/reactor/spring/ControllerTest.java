package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

/** Controllers whose methods return and take coroutines, on a running server. */
class ControllerTest {
    private final WebTestClient client = Server.test();

    private WebTestClient.ResponseSpec get(String path) {
        return client.get().uri(path).exchange();
    }

    @Test
    void resultOfACoroutineIsTheResponse() {
        get("/coroutine/tea")
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody(Greeting.class)
                .isEqualTo(new Greeting("tea", 7));
    }

    @Test
    void resultOfAnAwaitableIsTheResponse() {
        get("/awaitable/tea").expectStatus().isOk().expectBody(Greeting.class).isEqualTo(new Greeting("tea", 8));
    }

    @Test
    void nullIsAnEmptyResponse() {
        get("/absent").expectStatus().isOk().expectBody().isEmpty();
    }

    @Test
    void coroutineWithoutAResultIsRunToItsEnd() {
        int before = Server.bean(JsonEndpoints.class).accepted.get();
        client.post().uri("/void").exchange().expectStatus().isOk().expectBody().isEmpty();
        assertThat(Server.bean(JsonEndpoints.class).accepted).hasValue(before + 1);
    }

    @Test
    void coroutineMayResultInAWholeResponse() {
        get("/coroutine-of-entity")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("X-Made-By", "coroutine")
                .expectBody(Greeting.class)
                .isEqualTo(new Greeting("entity", 9));
    }

    @Test
    void responseMayHaveACoroutineForItsBody() {
        get("/entity-of-coroutine")
                .expectStatus()
                .isAccepted()
                .expectBody(Greeting.class)
                .isEqualTo(new Greeting("body", 10));
    }

    @Test
    void requestBodyMayBeACoroutine() {
        client.post()
                .uri("/next")
                .bodyValue(new Greeting("tea", 1))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Greeting.class)
                .isEqualTo(new Greeting("tea", 2));
    }

    @Test
    void requestBodyThatCannotBeReadIsRaisedAtTheAwait() {
        client.post()
                .uri("/next")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\": ")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @ParameterizedTest
    @ValueSource(strings = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    void requestBodyMayBeAnAsyncIterable(String contentType) {
        client.post()
                .uri("/sum")
                .contentType(MediaType.parseMediaType(contentType))
                .body(Flux.range(1, 100).map(i -> new Greeting("tea", i)), Greeting.class)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Integer.class)
                .isEqualTo(5050);
    }

    @Test
    void errorOfACoroutineHasItsStatus() {
        get("/errors/status").expectStatus().isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void unexpectedErrorIsThatOfTheServer() {
        get("/errors/unexpected").expectStatus().isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    @Test
    void exceptionHandlerGetsWhatTheBodyRaisesAndMayBeACoroutineItself() {
        get("/errors/handled")
                .expectStatus()
                .isEqualTo(HttpStatus.GONE)
                .expectBody(String.class)
                .isEqualTo("gone: tea");
    }

    @Test
    void errorBeforeTheFirstElementHasItsStatus() {
        get("/errors/first").expectStatus().isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void coroutineThatWasSteppedIsAnError() {
        get("/errors/stepped")
                .expectStatus()
                .isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR)
                .expectBody(String.class)
                .isEqualTo("cannot reuse already awaited coroutine");
    }

    /** A Mono would be subscribed to twice; a coroutine may be used once. */
    @Test
    void coroutineThatWasReturnedBeforeIsAnError() {
        get("/errors/same").expectStatus().isOk();
        get("/errors/same")
                .expectStatus()
                .isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR)
                .expectBody(String.class)
                .isEqualTo("cannot reuse already awaited coroutine");
    }
}
