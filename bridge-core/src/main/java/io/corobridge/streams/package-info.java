/**
 * Async iterables as Reactive Streams publishers, and the other way round; the Reactor and RxJava adapters build on it.
 *
 * <p>{@link io.corobridge.streams.Publishers} has both directions.
 */
@NullMarked
package io.corobridge.streams;

import org.jspecify.annotations.NullMarked;
