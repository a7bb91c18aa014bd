package com.example;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@SpringBootApplication
@RestController
public class Hello {
    public static void main(String[] args) {
        SpringApplication.run(Hello.class, args);
    }

    private final Mono<String> word = Mono.just("Hello").delayElement(Duration.ofMillis(100)); // or a database's

    @GetMapping("/hello/{name}")
    Coroutine<String> hello(@PathVariable("name") String name) {
        return Coroutine.of(co -> co.await(word) + ", " + name);
    }

    @GetMapping(path = "/hellos", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    AsyncGenerator<String, Void> hellos() {
        return AsyncGenerator.of(co -> {
            int said = 0;
            try {
                while (true) {
                    co.yield(co.await(word) + " " + ++said);
                    co.await(Asyncio.sleep(0.1));
                }
            } finally {
                System.out.println("left after " + said);
            }
        });
    }
}
