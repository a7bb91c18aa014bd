package com.example;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import java.util.concurrent.CompletableFuture;

/** The program that docs/sight.md dumps. Its bodies are methods with names of their own, for lambdas are named by the compiler. */
public final class Orders {
    private final CompletableFuture<String> answer;

    /** Asks a database that has not answered yet. */
    public Orders(CompletableFuture<String> answer) {
        this.answer = answer;
    }

    private String customer(Co co) {
        String row = co.await(answer);
        return row.trim();
    }

    private String order(Co co, int number) {
        String customer = co.await(Coroutine.of("customer", this::customer));
        return number + " for " + customer;
    }

    private Object both(Co co) {
        var first = Asyncio.createTask(Coroutine.of("order", in -> order(in, 1)), "order-1");
        var second = Asyncio.createTask(Coroutine.of("order", in -> order(in, 2)), "order-2");
        return co.await(Asyncio.gather(first, second));
    }

    /** Two orders at the same time. */
    public Coroutine<Object> main() {
        return Coroutine.of("main", this::both);
    }
}
