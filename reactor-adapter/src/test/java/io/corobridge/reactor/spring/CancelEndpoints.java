package io.corobridge.reactor.spring;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.Coroutine;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Controllers that do not end by themselves; each visit is a {@link Visit} that the test knows by its name. */
@RestController
@RequestMapping("/visits/{name}")
class CancelEndpoints {
    private static final String BIG = "x".repeat(50_000);

    @GetMapping("/value")
    Coroutine<Greeting> value(@PathVariable("name") String name) {
        Visit visit = Visit.named(name);
        return Coroutine.of(co -> {
            visit.begin();
            try {
                return co.awaitSingle(visit.source());
            } finally {
                co.await(visit.cleanUp());
                visit.end();
            }
        });
    }

    /** Three elements, and then it waits. */
    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    AsyncGenerator<Greeting, @Nullable Void> stream(@PathVariable("name") String name) {
        Visit visit = Visit.named(name);
        return AsyncGenerator.of(co -> {
            visit.begin();
            try {
                for (int i = 0; i < 3; i++) {
                    co.yield(new Greeting(name, i));
                }
                co.await(visit.source());
            } finally {
                co.await(visit.cleanUp());
                visit.end();
            }
        });
    }

    /** Elements without end, as fast as the client takes them. */
    @GetMapping(path = "/flood", produces = MediaType.APPLICATION_NDJSON_VALUE)
    AsyncGenerator<Greeting, @Nullable Void> flood(@PathVariable("name") String name) {
        Visit visit = Visit.named(name);
        return AsyncGenerator.of(co -> {
            visit.begin();
            try {
                for (int i = 0; ; i++) {
                    co.yield(new Greeting(BIG, i));
                }
            } finally {
                co.await(visit.cleanUp());
                visit.end();
            }
        });
    }

    /** Reads a request body that does not end. */
    @PostMapping("/upload")
    Coroutine<Integer> upload(@PathVariable("name") String name, @RequestBody AsyncIterable<Greeting> body) {
        Visit visit = Visit.named(name);
        return Coroutine.of(co -> {
            visit.begin();
            int count = 0;
            try {
                for (Greeting greeting : co.each(body)) {
                    count += greeting.number();
                    visit.received.complete(null);
                }
            } finally {
                visit.end();
            }
            return count;
        });
    }
}
