package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;

/** {@code gather} runs several coroutines at the same time, on one thread, and has their results in the order of its arguments. */
public final class Gather {
    private Gather() {}

    private static Coroutine<Integer> factorial(String name, int number) {
        return Coroutine.of("factorial", co -> {
            int product = 1;
            for (int i = 2; i <= number; i++) {
                print("Task " + name + ": factorial(" + number + "), i=" + i);
                co.await(Asyncio.sleep(0.1));
                product *= i;
            }
            print("Task " + name + ": factorial(" + number + ") = " + product);
            return product;
        });
    }

    /** Three factorials. */
    public static void main(String[] args) {
        Asyncio.run(Coroutine.ofVoid(
                "main",
                co -> print(co.await(Asyncio.gather(factorial("A", 2), factorial("B", 3), factorial("C", 4))))));
    }
}
