package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.AsyncContextManager;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.ValueError;
import io.corobridge.asyncio.Asyncio;

/** An async context manager awaits on the way in and on the way out, and is told how its block ended. */
public final class Transaction implements AsyncContextManager<Object> {
    private Transaction() {}

    @Override
    public Awaitable<Object> aenter() {
        return Coroutine.of("__aenter__", co -> {
            co.await(Asyncio.sleep(0.01));
            print("begin");
            return this;
        });
    }

    @Override
    public Awaitable<Boolean> aexit(Throwable error) {
        return Coroutine.of("__aexit__", co -> {
            co.await(Asyncio.sleep(0.01));
            print(error == null ? "commit" : "rollback: " + error.getMessage());
            return false; // what the block raised goes on
        });
    }

    /** Commits one, and rolls one back. */
    public static void main(String[] args) {
        Asyncio.run(Coroutine.ofVoid("main", co -> {
            co.withVoid(new Transaction(), entered -> print("insert"));
            try {
                co.withVoid(new Transaction(), entered -> {
                    throw new ValueError("no such table");
                });
            } catch (ValueError error) {
                print("told:", error.getMessage());
            }
        }));
    }
}
