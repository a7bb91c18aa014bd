package io.corobridge.samples.webflux;

import java.time.LocalDate;
import java.util.List;

/**
 * What to expect of a day.
 *
 * @param station where
 * @param day when
 * @param climate what was measured on this day of the year
 * @param forecasts what the providers say
 */
record Outlook(Station station, LocalDate day, Climate climate, List<Forecast> forecasts) {}
