/** A weather service on Spring WebFlux whose handlers are coroutines and async generators. */
@NullMarked
package io.corobridge.samples.webflux;

import org.jspecify.annotations.NullMarked;
