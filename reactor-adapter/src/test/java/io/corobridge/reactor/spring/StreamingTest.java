package io.corobridge.reactor.spring;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Async generators as the bodies of requests and responses, on a running server. */
class StreamingTest {
    private final WebClient client = Server.client();

    private static List<Greeting> three(String name) {
        return IntStream.range(0, 3).mapToObj(i -> new Greeting(name, i)).toList();
    }

    private Flux<Greeting> get(String path, String accept) {
        return client.get()
                .uri(path)
                .accept(MediaType.parseMediaType(accept))
                .retrieve()
                .bodyToFlux(Greeting.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    void yieldsAreTheElements(String accept) {
        StepVerifier.create(get("/greetings", accept))
                .expectNextSequence(three("greeting"))
                .verifyComplete();
        StepVerifier.create(get("/iterable", accept))
                .expectNextSequence(three("iterable"))
                .verifyComplete();
    }

    @Test
    void jsonIsOneArray() {
        Server.test()
                .get()
                .uri("/greetings")
                .exchange()
                .expectBody(String.class)
                .isEqualTo(
                        "[{'name':'greeting','number':0},{'name':'greeting','number':1},{'name':'greeting','number':2}]"
                                .replace('\'', '"'));
    }

    @Test
    void eventsHaveTheirNamesAndNumbers() {
        Flux<ServerSentEvent<Greeting>> events = client.get()
                .uri("/events")
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<Greeting>>() {});
        StepVerifier.create(events.map(event -> event.event() + event.id() + event.data()))
                .expectNext("greeting0" + new Greeting("event", 0))
                .expectNext("greeting1" + new Greeting("event", 1))
                .expectNext("greeting2" + new Greeting("event", 2))
                .verifyComplete();
    }

    /** The client sends each element when it has the answer to the one before: nothing is collected on the way. */
    @Test
    void requestStreamsInWhileTheResponseStreamsOut() {
        Sinks.Many<Greeting> questions = Sinks.many().unicast().onBackpressureBuffer();
        questions.tryEmitNext(new Greeting("question", 0)).orThrow();
        Flux<Greeting> answers = client.post()
                .uri("/answers")
                .contentType(MediaType.APPLICATION_NDJSON)
                .body(questions.asFlux(), Greeting.class)
                .retrieve()
                .bodyToFlux(Greeting.class)
                .doOnNext(answer -> {
                    if (answer.number() < 4) {
                        questions
                                .tryEmitNext(new Greeting("question", answer.number() + 1))
                                .orThrow();
                    } else {
                        questions.tryEmitComplete().orThrow();
                    }
                });
        StepVerifier.create(answers.map(Greeting::number))
                .expectNext(0, 1, 2, 3, 4)
                .verifyComplete();
    }

    @Test
    void errorAfterTheFirstElementBreaksTheConnection() {
        StepVerifier.create(get("/errors/later", MediaType.APPLICATION_NDJSON_VALUE))
                .expectNext(new Greeting("first", 1))
                .verifyError();
    }
}
