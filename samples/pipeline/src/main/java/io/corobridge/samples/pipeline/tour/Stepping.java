package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.StopIteration;

/** A coroutine is an object that you step: what it awaits comes out of {@code send}, and what you send is what the await results in. */
public final class Stepping {
    private Stepping() {}

    /** Something to await: it yields a number to whoever steps, and doubles the answer. */
    private static Awaitable<Integer> dummy(int number) {
        return () -> AwaitIterator.of(Generator.<Object, Object, Integer>of("__await__", co -> {
            print("asks", number);
            Integer answer = (Integer) co.yield(number);
            print("gets", answer);
            return answer * 2;
        }));
    }

    /** Steps one by hand. */
    public static void main(String[] args) {
        Coroutine<Integer> coroutine = Coroutine.of("main", co -> {
            int first = co.await(dummy(1));
            int second = co.await(dummy(2));
            return first + second;
        });
        print("yields", coroutine.send(null));
        print("yields", coroutine.send(10));
        try {
            coroutine.send(20);
        } catch (StopIteration stop) {
            print("returns", stop.value());
        }
    }
}
