package io.corobridge.samples.webflux;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;

/**
 * The weather of one day.
 *
 * @param day when
 * @param precipitation in mm
 * @param tempMax the highest temperature, in °C
 * @param tempMin the lowest temperature, in °C
 * @param wind in m/s
 * @param weather rain, sun and so on
 */
record Reading(
        @NotNull LocalDate day,
        @DecimalMin("0") @DecimalMax("2000") double precipitation,
        @DecimalMin("-100") @DecimalMax("60") double tempMax,
        @DecimalMin("-100") @DecimalMax("60") double tempMin,
        @DecimalMin("0") @DecimalMax("150") double wind,
        @NotBlank @Size(max = 20) String weather) {}
