package io.corobridge.reactor.spring;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Functional handlers and filters written as bodies, on a running server. */
class CoHandlersTest {
    private final WebTestClient client = Server.test();

    private WebTestClient.ResponseSpec get(String path) {
        return client.get().uri(path).exchange();
    }

    @Test
    void handlerMakesTheResponse() {
        get("/functional/value/tea")
                .expectStatus()
                .isOk()
                .expectBody(Greeting.class)
                .isEqualTo(new Greeting("tea", 7));
    }

    @Test
    void handlerAwaitsTheRequestBody() {
        client.post()
                .uri("/functional/next")
                .bodyValue(new Greeting("tea", 1))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(Greeting.class)
                .isEqualTo(new Greeting("tea", 2));
    }

    @Test
    void errorOfAHandlerHasItsStatus() {
        get("/functional/error").expectStatus().isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void nullIsAnErrorThatSaysSo() {
        get("/functional/null").expectStatus().isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    @Test
    void filterSeesTheResponseOfTheHandler() {
        get("/functional/value/tea").expectHeader().valueEquals("X-Filtered", "200 OK");
    }

    @Test
    void filterMayRefuseTheRequest() {
        client.get()
                .uri("/functional/value/tea")
                .header("X-Refuse", "yes")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .doesNotExist("X-Filtered");
    }

    @Test
    void webFilterSeesEveryRequestAndItsError() {
        get("/coroutine/tea").expectHeader().valueEquals("X-Web-Filter", "before");
        get("/functional/error").expectHeader().valueEquals("X-Web-Filter", "409 CONFLICT");
    }
}
