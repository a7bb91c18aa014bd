package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.StopAsyncIteration;
import io.corobridge.asyncio.Asyncio;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** An async iterator is a class with {@code anext}; {@code co.each} is Python's {@code async for} over it. */
public final class Reader implements AsyncIterator<String> {
    private final Queue<String> lines;

    private Reader(String... lines) {
        this.lines = new ArrayDeque<>(List.of(lines));
    }

    @Override
    public Awaitable<String> anext() {
        return Coroutine.of("__anext__", co -> {
            co.await(Asyncio.sleep(0.01));
            String line = lines.poll();
            if (line == null) {
                throw new StopAsyncIteration();
            }
            return line;
        });
    }

    /** Reads three lines. */
    public static void main(String[] args) {
        Asyncio.run(Coroutine.ofVoid("main", co -> {
            for (String line : co.each(new Reader("one", "two", "three"))) {
                print(line);
            }
            print("end");
        }));
    }
}
