package io.corobridge.samples.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The columns of a weather file, in their order. */
enum Column {
    DATE,
    PRECIPITATION,
    TEMP_MAX,
    TEMP_MIN,
    WIND,
    WEATHER;

    static final String HEADER = Arrays.stream(values()).map(Column::toString).collect(Collectors.joining(","));

    /** The name in the file's header. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
