package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Records traces anew when asked to: {@code -Dtest=RecordTest -Dcorobridge.record=20000}, with CPython 3.13;
 * {@code -Dcorobridge.form=ASYNCIO} records those of one form only.
 */
@EnabledIfSystemProperty(named = "corobridge.record", matches = "\\d+")
class RecordTest {
    private static final int BATCH = 500;

    /** How often bodies must go on at least. */
    private static final int LEAST = 4;

    /** The same of a program whose end alone says three things. */
    private static final int LEAST_OF_ASYNCIO = 10;

    @ParameterizedTest
    @EnumSource(Form.class)
    void record(Form form) {
        String only = System.getProperty("corobridge.form", "");
        assumeTrue(only.isEmpty() || form.name().equals(only));
        int count = Integer.getInteger("corobridge.record");
        int least = form == Form.ASYNCIO ? LEAST_OF_ASYNCIO : LEAST;
        List<Recording.Entry> entries = new ArrayList<>();
        try (Cpython python = Cpython.start().orElseThrow(() -> new AssertionError("CPython 3.13 is needed"))) {
            for (long seed = 1; entries.size() < count; seed += BATCH) {
                List<Program> batch = LongStream.range(seed, seed + BATCH)
                        .mapToObj(form::make)
                        .toList();
                List<List<String>> traces = python.run(batch);
                for (int i = 0; i < BATCH && entries.size() < count; i++) {
                    List<String> trace = traces.get(i);
                    if (trace != null
                            && trace.stream().filter(RecordTest::isInside).count()
                                    >= (form == Form.ASYNCIO ? LEAST_OF_ASYNCIO : LEAST)) {
                        entries.add(new Recording.Entry(form, batch.get(i).seed(), trace));
                    }
                }
            }
        }
        new Recording(form, Recording.digest(entries), entries).write();
        System.out.println(
                count + " programs, the last is " + entries.get(count - 1).seed());
        assertThat(entries).hasSize(count);
    }

    private static boolean isInside(String entry) {
        return entry.matches("(-|\\d+ )?\\d+(=|:| fin| with| soon| done| cancelled).*");
    }
}
