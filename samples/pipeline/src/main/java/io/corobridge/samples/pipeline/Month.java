package io.corobridge.samples.pipeline;

import java.time.YearMonth;

/**
 * A month's weather in short.
 *
 * @param meanMax the mean of the daily maximum temperatures, °C
 * @param precipitation the sum, mm
 */
record Month(YearMonth month, double meanMax, double precipitation) {}
