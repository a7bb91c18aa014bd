package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;

/** An async generator awaits and yields; {@code asend} and {@code athrow} talk back to it, {@code aclose} ends it. */
public final class TalkingBack {
    private TalkingBack() {}

    private static AsyncGenerator<String, Integer> rows() {
        return AsyncGenerator.of("rows", co -> {
            int step = 1;
            int row = 0;
            try {
                while (true) {
                    co.await(Asyncio.sleep(0)); // as if it were read from somewhere
                    row += step;
                    try {
                        Integer wanted = co.yield("row " + row);
                        step = wanted == null ? step : wanted;
                    } catch (IllegalArgumentException bad) {
                        co.yield("row " + row + ", repaired: " + bad.getMessage());
                    }
                }
            } finally {
                print("file closed");
            }
        });
    }

    /** Reads, asks for every tenth row, gives one back. */
    public static void main(String[] args) {
        Asyncio.run(Coroutine.ofVoid("main", co -> {
            AsyncGenerator<String, Integer> rows = rows();
            print(co.await(rows.anext()));
            print(co.await(rows.asend(10)));
            print(co.await(rows.athrow(new IllegalArgumentException("no date"))));
            print(co.await(rows.anext()));
            co.await(rows.aclose());
        }));
    }
}
