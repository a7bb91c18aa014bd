/** WebFlux endpoints with coroutines beside the same ones in plain Reactor, under load from a second process. */
@NullMarked
package io.corobridge.benchmarks.endpoint;

import org.jspecify.annotations.NullMarked;
