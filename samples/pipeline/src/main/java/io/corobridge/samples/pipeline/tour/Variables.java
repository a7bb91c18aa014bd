package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.ContextVar;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;

/** A context variable is shared with what is awaited, and copied by tasks: what a task sets, only it sees. */
public final class Variables {
    private static final ContextVar<String> USER = ContextVar.of("user", "nobody");

    private Variables() {}

    private static Coroutine<String> rename(String name) {
        return Coroutine.of("rename", co -> {
            co.await(Asyncio.sleep(0));
            USER.set(name);
            return USER.get();
        });
    }

    /** Sets it in what is awaited, and in a task. */
    public static void main(String[] args) {
        Asyncio.run(Coroutine.ofVoid("main", co -> {
            print(USER.get());
            print("awaited:", co.await(rename("Ada")), "here:", USER.get());
            print("task:", co.await(Asyncio.createTask(rename("Bob"))), "here:", USER.get());
        }));
    }
}
