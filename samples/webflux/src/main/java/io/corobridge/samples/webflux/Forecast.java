package io.corobridge.samples.webflux;

import java.time.LocalDate;

/**
 * What a provider says about a day.
 *
 * @param provider who says so
 * @param day about when
 * @param tempMax the highest temperature, in °C
 */
record Forecast(String provider, LocalDate day, double tempMax) {}
