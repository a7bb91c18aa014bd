package io.corobridge.reactor.spring;

import io.corobridge.AsyncIterable;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Controllers with one value in, one value out. */
@RestController
class JsonEndpoints {
    final AtomicInteger accepted = new AtomicInteger();

    @GetMapping("/coroutine/{name}")
    Coroutine<Greeting> coroutine(@PathVariable("name") String name) {
        return Coroutine.of(co -> {
            int number = co.awaitSingle(Mono.fromCallable(() -> 7).subscribeOn(Schedulers.parallel()));
            return new Greeting(name, number);
        });
    }

    @GetMapping("/awaitable/{name}")
    Awaitable<Greeting> awaitable(@PathVariable("name") String name) {
        return Awaitables.ready(new Greeting(name, 8));
    }

    @GetMapping("/absent")
    Coroutine<@Nullable Greeting> absent() {
        return Coroutine.of(co -> co.await(Mono.empty()));
    }

    @PostMapping("/void")
    Coroutine<@Nullable Void> withoutResult() {
        return Coroutine.ofVoid(co -> {
            co.await(Mono.empty().subscribeOn(Schedulers.parallel()));
            accepted.incrementAndGet();
        });
    }

    @GetMapping("/coroutine-of-entity")
    Coroutine<ResponseEntity<Greeting>> coroutineOfEntity() {
        return Coroutine.of(co -> ResponseEntity.status(HttpStatus.CREATED)
                .header("X-Made-By", "coroutine")
                .body(new Greeting("entity", co.awaitSingle(Mono.just(9)))));
    }

    @GetMapping("/entity-of-coroutine")
    ResponseEntity<Coroutine<Greeting>> entityOfCoroutine() {
        return ResponseEntity.accepted().body(Coroutine.of(co -> new Greeting("body", 10)));
    }

    @PostMapping("/next")
    Coroutine<Greeting> next(@RequestBody Coroutine<Greeting> body) {
        return Coroutine.of(co -> {
            Greeting greeting = co.await(body);
            return new Greeting(greeting.name(), greeting.number() + 1);
        });
    }

    @PostMapping("/sum")
    Coroutine<Integer> sum(@RequestBody AsyncIterable<Greeting> body) {
        return Coroutine.of(co -> {
            int sum = 0;
            for (Greeting greeting : co.each(body)) {
                sum += greeting.number();
            }
            return sum;
        });
    }
}
