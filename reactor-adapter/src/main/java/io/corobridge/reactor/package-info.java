/**
 * Coroutines and async generators as Mono and Flux, and the other way round.
 *
 * <ul>
 *   <li>{@link io.corobridge.reactor.CoMono}: a coroutine as a Mono; a generator that is fed by a Flux and results in a value.
 *   <li>{@link io.corobridge.reactor.CoFlux}: an async generator as a Flux, a Flux as an async iterable, and operators written
 *       as bodies.
 *   <li>Inside a body, {@code co.await(mono)} and {@code co.each(flux)} need nothing from here.
 * </ul>
 */
@NullMarked
package io.corobridge.reactor;

import org.jspecify.annotations.NullMarked;
