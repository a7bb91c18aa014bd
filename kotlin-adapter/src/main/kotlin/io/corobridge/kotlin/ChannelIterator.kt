package io.corobridge.kotlin

import io.corobridge.AsyncIterator
import io.corobridge.AwaitIterator
import io.corobridge.Awaitable
import io.corobridge.Awaitables
import io.corobridge.StopAsyncIteration
import kotlinx.coroutines.channels.ChannelResult
import kotlinx.coroutines.channels.ReceiveChannel

/** Receives from a channel, one element for each step. */
internal class ChannelIterator<T>(
    private val channel: ReceiveChannel<T>,
) : AsyncIterator<T> {
    override fun anext(): Awaitable<T> = Awaitable { receive(channel) }
}

/** A step that receives. */
internal fun <T> receive(channel: ReceiveChannel<T>): AwaitIterator<T> {
    val known = channel.tryReceive()
    return when {
        known.isSuccess -> Awaitables.ready(known.getOrThrow()).awaitIterator()
        known.isClosed -> failed<T>(end(known)).awaitIterator()
        else -> coroutine("anext") { received(channel) }.awaitIterator()
    }
}

private suspend fun <T> received(channel: ReceiveChannel<T>): T {
    val received = channel.receiveCatching()
    if (received.isSuccess) {
        return received.getOrThrow()
    }
    throw end(received)
}

private fun end(closed: ChannelResult<*>): Throwable = closed.exceptionOrNull() ?: StopAsyncIteration()
