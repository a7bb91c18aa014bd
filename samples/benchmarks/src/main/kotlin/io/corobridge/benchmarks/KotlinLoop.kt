package io.corobridge.benchmarks

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

/** What kotlinx.coroutines has for the event loop, on a dispatcher of one thread. */
object KotlinLoop {
    @JvmStatic
    fun yields(
        dispatcher: CoroutineDispatcher,
        count: Int,
    ) = runBlocking(dispatcher) {
        repeat(count) { yield() }
    }

    @JvmStatic
    fun asyncAwait(
        dispatcher: CoroutineDispatcher,
        count: Int,
    ): Int =
        runBlocking(dispatcher) {
            var sum = 0
            repeat(count) { sum += async { 1 }.await() }
            sum
        }

    @JvmStatic
    fun sendReceive(
        dispatcher: CoroutineDispatcher,
        count: Int,
    ): Int =
        runBlocking(dispatcher) {
            val channel = Channel<Int>(Channel.UNLIMITED)
            var sum = 0
            repeat(count) {
                channel.send(it)
                sum += channel.receive()
            }
            sum
        }

    @JvmStatic
    fun pingPong(
        dispatcher: CoroutineDispatcher,
        count: Int,
    ): Int =
        runBlocking(dispatcher) {
            val channel = Channel<Int>(1)
            launch { repeat(count) { channel.send(it) } }
            var sum = 0
            repeat(count) { sum += channel.receive() }
            sum
        }

    @JvmStatic
    fun tasks(
        dispatcher: CoroutineDispatcher,
        count: Int,
    ) = runBlocking(dispatcher) {
        repeat(count) { launch { yield() } }
    }
}
