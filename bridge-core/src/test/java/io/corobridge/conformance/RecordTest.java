package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Records traces anew when asked to: {@code -Dtest=RecordTest -Dcorobridge.record=20000}, with CPython 3.13. */
@EnabledIfSystemProperty(named = "corobridge.record", matches = "\\d+")
class RecordTest {
    private static final int BATCH = 500;

    /** How often bodies must go on at least. */
    private static final int LEAST = 4;

    @Test
    void record() {
        int count = Integer.getInteger("corobridge.record");
        List<Recording.Entry> entries = new ArrayList<>();
        try (Cpython python = Cpython.start().orElseThrow(() -> new AssertionError("CPython 3.13 is needed"))) {
            for (long seed = 1; entries.size() < count; seed += BATCH) {
                List<Program> batch = LongStream.range(seed, seed + BATCH)
                        .mapToObj(Maker::make)
                        .toList();
                List<List<String>> traces = python.run(batch);
                for (int i = 0; i < BATCH && entries.size() < count; i++) {
                    List<String> trace = traces.get(i);
                    if (trace != null
                            && trace.stream().filter(RecordTest::isInside).count() >= LEAST) {
                        entries.add(new Recording.Entry(batch.get(i).seed(), trace));
                    }
                }
            }
        }
        new Recording(Recording.digest(entries), entries).write();
        System.out.println(
                count + " programs, the last is " + entries.get(count - 1).seed());
        assertThat(entries).hasSize(count);
    }

    private static boolean isInside(String entry) {
        return entry.matches("\\d+(=|:| fin| with).*");
    }
}
