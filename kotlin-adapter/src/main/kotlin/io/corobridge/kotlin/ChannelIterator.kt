package io.corobridge.kotlin

import io.corobridge.AsyncIterator
import io.corobridge.Awaitable
import io.corobridge.Awaitables
import io.corobridge.StopAsyncIteration
import kotlinx.coroutines.channels.ChannelResult
import kotlinx.coroutines.channels.ReceiveChannel

/** Receives from a channel, one element for each step. */
internal open class ChannelIterator<T>(
    private val channel: ReceiveChannel<T>,
) : AsyncIterator<T> {
    override fun anext(): Awaitable<T> =
        Awaitable {
            val known = channel.tryReceive()
            when {
                known.isSuccess -> Awaitables.ready(known.getOrThrow()).awaitIterator()
                known.isClosed -> failed<T>(end(known)).awaitIterator()
                else -> coroutine("anext") { receive() }.awaitIterator()
            }
        }

    private suspend fun receive(): T {
        val received = channel.receiveCatching()
        if (received.isSuccess) {
            return received.getOrThrow()
        }
        throw end(received)
    }

    private fun end(closed: ChannelResult<T>): Throwable = closed.exceptionOrNull() ?: StopAsyncIteration()
}
