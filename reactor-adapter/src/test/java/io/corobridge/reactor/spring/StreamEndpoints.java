package io.corobridge.reactor.spring;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.reactor.CoFlux;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Controllers with many values out, or in and out. */
@RestController
class StreamEndpoints {
    /** JSON, NDJSON or server-sent events, as the client likes. */
    @GetMapping("/greetings")
    AsyncGenerator<Greeting, @Nullable Void> greetings() {
        return AsyncGenerator.of(co -> {
            for (int i = 0; i < 3; i++) {
                co.yield(new Greeting("greeting", i));
                co.await(Mono.empty().subscribeOn(Schedulers.parallel()));
            }
        });
    }

    @GetMapping("/iterable")
    AsyncIterable<Greeting> iterable() {
        return CoFlux.toAsyncIterable(Flux.range(0, 3).map(i -> new Greeting("iterable", i)));
    }

    @GetMapping("/events")
    AsyncGenerator<ServerSentEvent<Greeting>, @Nullable Void> events() {
        return AsyncGenerator.of(co -> {
            for (int i = 0; i < 3; i++) {
                co.yield(ServerSentEvent.builder(new Greeting("event", i))
                        .id(Integer.toString(i))
                        .event("greeting")
                        .build());
            }
        });
    }

    /** Answers each element before it asks for the next. */
    @PostMapping(path = "/answers", produces = MediaType.APPLICATION_NDJSON_VALUE)
    AsyncGenerator<Greeting, @Nullable Void> answers(@RequestBody AsyncGenerator<Greeting, @Nullable Void> body) {
        return AsyncGenerator.of(co -> {
            for (Greeting greeting : co.each(body)) {
                co.yield(new Greeting("answer to " + greeting.name(), greeting.number()));
            }
        });
    }
}
