package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import io.corobridge.asyncio.Asyncio;

/** {@code close} raises GeneratorExit at the await, so that {@code finally} runs; {@code aclose} waits for a clean-up that awaits. */
public final class Closing {
    private Closing() {}

    private static Coroutine<Object> connection() {
        return Coroutine.of("connection", co -> {
            try {
                return co.await(Asyncio.sleep(3600, (Object) "never"));
            } finally {
                print("saying goodbye");
                co.await(Asyncio.sleep(0.01));
                print("closed");
            }
        });
    }

    /** Closes one in a hurry, and one with patience. */
    public static void main(String[] args) {
        Asyncio.run(Coroutine.ofVoid("main", co -> {
            Coroutine<Object> hurried = connection();
            hurried.send(null);
            try {
                hurried.close();
            } catch (RuntimeError error) {
                print("close():", error.getMessage());
            }
            Coroutine<Object> patient = connection();
            patient.send(null);
            co.await(patient.aclose());
            print("aclose():", patient.state());
        }));
    }
}
