package io.corobridge.reactor.spring;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Controllers that fail. */
@RestController
@RequestMapping("/errors")
class ErrorEndpoints {
    static final class OutOfStock extends Exception {
        private static final long serialVersionUID = 1;

        OutOfStock(String message) {
            super(message);
        }
    }

    @ExceptionHandler
    Coroutine<ResponseEntity<String>> outOfStock(OutOfStock error) {
        return Coroutine.of(co ->
                ResponseEntity.status(HttpStatus.GONE).body(co.awaitSingle(Mono.just("gone: ")) + error.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<String> misuse(RuntimeError error) {
        return ResponseEntity.internalServerError().body(String.valueOf(error.getMessage()));
    }

    @GetMapping("/status")
    Coroutine<Greeting> status() {
        return Coroutine.of(co -> {
            co.await(Mono.empty().subscribeOn(Schedulers.parallel()));
            throw new ResponseStatusException(HttpStatus.CONFLICT);
        });
    }

    @GetMapping("/unexpected")
    Coroutine<Greeting> unexpected() {
        return Coroutine.of(co -> {
            throw new IllegalStateException("unexpected");
        });
    }

    /** A checked exception of the application. */
    @GetMapping("/handled")
    Coroutine<Greeting> handled() {
        return Coroutine.of(co -> {
            throw new OutOfStock("tea");
        });
    }

    @GetMapping(path = "/first", produces = MediaType.APPLICATION_NDJSON_VALUE)
    AsyncGenerator<Greeting, @Nullable Void> first() {
        return AsyncGenerator.of(co -> {
            co.await(Mono.empty().subscribeOn(Schedulers.parallel()));
            throw new ResponseStatusException(HttpStatus.CONFLICT);
        });
    }

    @GetMapping(path = "/later", produces = MediaType.APPLICATION_NDJSON_VALUE)
    AsyncGenerator<Greeting, @Nullable Void> later() {
        return AsyncGenerator.of(co -> {
            co.yield(new Greeting("first", 1));
            throw new IllegalStateException("later");
        });
    }

    @GetMapping("/stepped")
    Coroutine<Greeting> stepped() {
        Coroutine<Greeting> coroutine = Coroutine.of(co -> co.awaitSingle(Mono.never()));
        coroutine.send(null);
        return coroutine;
    }

    private final Coroutine<Greeting> used = Coroutine.of(co -> new Greeting("used", 1));

    /** The same object for each request. */
    @GetMapping("/same")
    Coroutine<Greeting> same() {
        return used;
    }
}
