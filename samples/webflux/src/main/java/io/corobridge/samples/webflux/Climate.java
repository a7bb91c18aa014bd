package io.corobridge.samples.webflux;

import org.jspecify.annotations.Nullable;

/**
 * What was measured on one day of the year, in all years.
 *
 * @param years how often
 * @param meanTempMax the mean of the highest temperatures, in °C; null when there are none
 */
record Climate(long years, @Nullable Double meanTempMax) {}
