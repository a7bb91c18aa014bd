package io.corobridge.benchmarks

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.asFlux
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.mono
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono

/** What kotlinx-coroutines-reactor has for the bridge to Reactor. */
object KotlinReactor {
    @JvmStatic
    fun count(elements: Int): Flux<Int> =
        flow {
            for (i in 0 until elements) {
                emit(i)
            }
        }.asFlux()

    @JvmStatic
    fun sum(source: Flux<Int>): Mono<Int> =
        mono(Dispatchers.Unconfined) {
            var sum = 0
            source.asFlow().collect { sum += it }
            sum
        }

    @JvmStatic
    fun awaited(source: Mono<Int>): Mono<Int> = mono(Dispatchers.Unconfined) { source.awaitSingle() }
}
