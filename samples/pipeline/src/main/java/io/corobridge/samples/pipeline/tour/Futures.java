package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A body awaits a CompletableFuture as it is; {@code Awaitables.create} makes an awaitable of a callback. */
public final class Futures {
    private Futures() {}

    /** Some library that calls back. */
    private static void ask(String question, Consumer<String> callback) {
        callback.accept(question + "? 42");
    }

    private static Awaitable<String> answer(String question) {
        return Awaitables.create(completion -> ask(question, completion::complete));
    }

    /** Awaits both, and one that fails. */
    public static void main(String[] args) {
        Asyncio.run(Coroutine.ofVoid("main", co -> {
            print(co.await(CompletableFuture.supplyAsync(() -> "from another thread")));
            print(co.await(answer("life")));
            try {
                co.await(CompletableFuture.failedFuture(new IllegalStateException("no connection")));
            } catch (IllegalStateException error) {
                print("raised here:", error.getMessage());
            }
        }));
    }
}
