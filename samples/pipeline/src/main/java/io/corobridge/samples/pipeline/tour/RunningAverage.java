package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.Generator;
import io.corobridge.StopIteration;

/** A generator is sent numbers, and yields their average: {@code yield} is an expression, and its value is what was sent. */
public final class RunningAverage {
    private RunningAverage() {}

    static Generator<Double, Integer, Object> averager() {
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

    /** Sends it three numbers. */
    public static void main(String[] args) {
        Generator<Double, Integer, Object> average = averager();
        print(average.next()); // to the first yield, which has nothing to tell yet
        for (int term : new int[] {10, 30, 5}) {
            print(average.send(term));
        }
        average.close();
        try {
            average.send(1);
        } catch (StopIteration stop) {
            print("closed");
        }
    }
}
