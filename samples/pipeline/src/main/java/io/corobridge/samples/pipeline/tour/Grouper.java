package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.Generator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code yieldFrom} lets the caller talk to a sub-generator directly, and gives the delegating one what that returns. */
public final class Grouper {
    private Grouper() {}

    private record Average(int count, double average) {}

    private static Generator<Object, Double, Average> averager() {
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

    private static Generator<Object, Double, Object> grouper(Map<String, Average> results, String key) {
        return Generator.of("grouper", co -> {
            while (true) {
                results.put(key, co.yieldFrom(averager()));
            }
        });
    }

    /** Groups two lists. */
    public static void main(String[] args) {
        Map<String, List<Double>> data = new LinkedHashMap<>();
        data.put("girls", List.of(40.5, 38.5, 44.0));
        data.put("boys", List.of(39.0, 41.0));
        Map<String, Average> results = new LinkedHashMap<>();
        data.forEach((key, values) -> {
            Generator<Object, Double, Object> group = grouper(results, key);
            group.next();
            values.forEach(group::send);
            group.send(null);
            group.close();
        });
        results.forEach((key, result) ->
                print(String.format(Locale.ROOT, "%d %s averaging %.2f", result.count(), key, result.average())));
    }
}
