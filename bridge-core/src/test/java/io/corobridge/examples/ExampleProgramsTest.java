package io.corobridge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncContextManager;
import io.corobridge.AsyncIterator;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.Generators;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import io.corobridge.ValueError;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.testing.VirtualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The programs that everybody meets who learns Python's coroutines, in Java: they print what they print there. Each stands beside this
 * class, in the resources, as Python source and with the output of CPython 3.13.
 */
@Timeout(60)
class ExampleProgramsTest {
    private final List<String> printed = new ArrayList<>();

    private void print(Object... words) {
        List<String> texts = new ArrayList<>();
        for (Object word : words) {
            texts.add(word == null ? "None" : word.toString());
        }
        printed.add(String.join(" ", texts));
    }

    private void printsAs(String program) throws IOException {
        try (InputStream output = ExampleProgramsTest.class.getResourceAsStream(program + ".txt")) {
            assertThat(printed)
                    .isEqualTo(new String(output.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }

    private Awaitable<Integer> dummy(int number) {
        return () -> AwaitIterator.of(Generator.<Object, Object, Integer>of("__await__", co -> {
            print("asks", number);
            Object answer = co.yield(number);
            print("gets", answer);
            return (Integer) answer * 2;
        }));
    }

    @Test
    void dummyAwaitable() throws IOException {
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
        printsAs("dummy_awaitable");
    }

    private static Generator<Double, Integer, Object> averager() {
        return Generator.of("averager", co -> {
            double total = 0;
            int count = 0;
            Double average = null;
            while (true) {
                total += co.yield(average);
                count++;
                average = total / count;
            }
        });
    }

    @Test
    void averagerYieldsTheAverageOfWhatItIsSent() throws IOException {
        Generator<Double, Integer, Object> average = averager();
        print(average.next());
        for (int term : new int[] {10, 30, 5}) {
            print(average.send(term));
        }
        average.close();
        try {
            average.send(1);
        } catch (StopIteration stop) {
            print("closed");
        }
        printsAs("averager");
    }

    @Test
    void priming() throws IOException {
        Generator<Double, Integer, Object> average = Generators.primed(averager());
        print(average.send(40));
        print(average.send(50));
        printsAs("priming");
    }

    private record Average(int count, double average) {}

    private static Generator<Object, Double, Average> averages() {
        return Generator.of("averager", co -> {
            double total = 0;
            int count = 0;
            for (Double term = co.yield(null); term != null; term = co.yield(null)) {
                total += term;
                count++;
            }
            return new Average(count, total / count);
        });
    }

    @Test
    void grouper() throws IOException {
        Map<String, List<Double>> data = new LinkedHashMap<>();
        data.put("girls", List.of(40.5, 38.5, 44.0));
        data.put("boys", List.of(39.0, 41.0));
        Map<String, Average> results = new LinkedHashMap<>();
        data.forEach((key, values) -> {
            Generator<Object, Double, Object> group = Generator.of("grouper", co -> {
                while (true) {
                    results.put(key, co.yieldFrom(averages()));
                }
            });
            group.next();
            values.forEach(group::send);
            group.send(null);
            group.close();
        });
        results.forEach((key, result) ->
                print(String.format(Locale.ROOT, "%d %s averaging %.2f", result.count(), key, result.average())));
        printsAs("grouper");
    }

    /** An exception that the generator handles. */
    private static final class DemoException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Generator<Object, Object, String> demo() {
        return Generator.of("demo", co -> {
            print("started");
            try {
                while (true) {
                    try {
                        Object x = co.yield(null);
                        if ("stop".equals(x)) {
                            return "result";
                        }
                        print("received", x);
                    } catch (DemoException e) {
                        print("handled");
                    }
                }
            } finally {
                print("ending");
            }
        });
    }

    @Test
    void sentinel() throws Exception {
        Generator<Object, Object, String> generator = demo();
        generator.next();
        generator.send(11);
        generator.raise(new DemoException());
        generator.send(22);
        try {
            generator.send("stop");
        } catch (StopIteration stop) {
            print(stop.value());
        }
        Generator<Object, Object, String> other = demo();
        other.next();
        try {
            other.raise(new ArithmeticException("unhandled"));
        } catch (ArithmeticException error) {
            print(error.getMessage());
        }
        printsAs("sentinel");
    }

    /** Python's class with {@code __aiter__} and {@code __anext__}. */
    private static final class Reader implements AsyncIterator<String> {
        private final Queue<String> lines;

        Reader(String... lines) {
            this.lines = new ArrayDeque<>(List.of(lines));
        }

        @Override
        public Awaitable<String> anext() {
            return Coroutine.of("__anext__", co -> {
                co.await(Asyncio.sleep(0.01));
                if (lines.isEmpty()) {
                    throw new StopAsyncIteration();
                }
                return lines.remove();
            });
        }
    }

    @Test
    void reader() throws IOException {
        VirtualClock.run(Coroutine.ofVoid("main", co -> {
            for (String line : co.each(new Reader("one", "two", "three"))) {
                print(line);
            }
            print("end");
        }));
        printsAs("reader");
    }

    private final class Transaction implements AsyncContextManager<Object> {
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
                return false;
            });
        }
    }

    @Test
    void transaction() throws IOException {
        VirtualClock.run(Coroutine.ofVoid("main", co -> {
            co.withVoid(new Transaction(), entered -> print("insert"));
            try {
                co.withVoid(new Transaction(), entered -> {
                    throw new ValueError("no such table");
                });
            } catch (ValueError error) {
                print("told:", error.getMessage());
            }
        }));
        printsAs("transaction");
    }

    private Coroutine<Integer> factorial(String name, int number, double pause) {
        return Coroutine.of("factorial", co -> {
            int product = 1;
            for (int i = 2; i <= number; i++) {
                print("Task " + name + ": factorial(" + number + "), i=" + i);
                co.await(Asyncio.sleep(pause));
                product *= i;
            }
            print("Task " + name + ": factorial(" + number + ") = " + product);
            return product;
        });
    }

    @Test
    void gather() throws IOException {
        VirtualClock.run(Coroutine.ofVoid(
                "main",
                co -> print(co.await(
                        Asyncio.gather(factorial("A", 2, 0.1), factorial("B", 3, 0.11), factorial("C", 4, 0.12))))));
        printsAs("gather");
    }
}
