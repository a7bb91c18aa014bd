package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.Generator;
import io.corobridge.StopIteration;

/** A sentinel ends a generator; an exception that is raised at its yield does not, if it handles it. */
public final class Sentinel {
    private Sentinel() {}

    private static final class DemoException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Generator<Object, Object, String> demo() {
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

    /** Ends one with the sentinel, and one with an exception. */
    public static void main(String[] args) {
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
    }
}
