package io.corobridge.samples.webflux;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A place where weather is measured.
 *
 * @param id its name in URLs
 * @param name its name for people
 */
record Station(
        @Pattern(regexp = "[a-z][a-z0-9-]{0,39}", message = "must be letters, digits and hyphens, in lower case")
        String id,

        @NotBlank @Size(max = 100) String name) {}
