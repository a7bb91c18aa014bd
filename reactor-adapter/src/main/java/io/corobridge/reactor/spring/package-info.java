/**
 * Coroutines and async generators in Spring: what a controller returns and takes, and functional handlers.
 *
 * <ul>
 *   <li>{@link io.corobridge.reactor.spring.CorobridgeAutoConfiguration} makes Spring take coroutines wherever it takes a Mono, and
 *       async generators wherever it takes a Flux. Spring Boot finds it by itself; without Boot, import it.
 *   <li>{@link io.corobridge.reactor.spring.CoHandlers}: handlers and filters of functional routes, and web filters, as bodies.
 * </ul>
 *
 * <p>Nothing here is loaded where there is no Spring.
 */
@NullMarked
package io.corobridge.reactor.spring;

import org.jspecify.annotations.NullMarked;
