package io.corobridge.samples.pipeline;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;

/** The averager: values are sent in, the running mean comes out, and its return value is the summary of them all. */
final class Averager {
    private Averager() {}

    static Generator<Double, Double, Summary> of() {
        return Generator.of("averager", co -> {
            int count = 0;
            double sum = 0;
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            double mean = Double.NaN;
            try {
                while (true) {
                    double value = co.yield(mean);
                    count++;
                    sum += value;
                    lowest = Math.min(lowest, value);
                    highest = Math.max(highest, value);
                    mean = sum / count;
                }
            } catch (GeneratorExit noMoreValues) {
                return new Summary(count, mean, lowest, highest);
            }
        });
    }

    /** What the averager returns. */
    record Summary(int count, double mean, double lowest, double highest) {}
}
