package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.Generator;
import io.corobridge.Generators;

/** {@code primed} takes a generator to its first yield, as Python's decorator does, so that the first thing to do is to send. */
public final class Priming {
    private Priming() {}

    /** Sends two numbers, and no {@code next} before. */
    public static void main(String[] args) {
        Generator<Double, Integer, Object> average = Generators.primed(RunningAverage.averager());
        print(average.send(40));
        print(average.send(50));
    }
}
