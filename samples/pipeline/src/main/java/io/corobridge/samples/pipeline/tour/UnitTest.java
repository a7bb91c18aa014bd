package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.Coroutine;
import io.corobridge.testing.Steps;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A unit test steps through asynchronous code: no scheduler, no clock, no mock, and each branch is reached by saying so. */
public final class UnitTest {
    private final CompletableFuture<String> database = new CompletableFuture<>();
    private final CompletableFuture<String> cache = new CompletableFuture<>();

    private UnitTest() {}

    private Coroutine<String> load() {
        return Coroutine.of("load", co -> {
            String row = co.await(database);
            try {
                return co.await(cache, IOException.class);
            } catch (IOException down) {
                return row + " from the database";
            }
        });
    }

    /** Takes both branches. */
    public static void main(String[] args) {
        UnitTest service = new UnitTest();
        Steps.of(service.load())
                .awaits(service.database)
                .resume("Ada")
                .awaits(service.cache)
                .resume("hit")
                .returns("hit");
        Steps.of(service.load())
                .awaits(service.database)
                .resume("Ada")
                .awaits(service.cache)
                .raise(new IOException("down"))
                .returns("Ada from the database");
        print("both branches pass");
        try {
            Steps.of(service.load()).awaits(service.cache);
        } catch (AssertionError wrong) {
            print("a wrong expectation fails");
        }
    }
}
