package io.corobridge.kotlin

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.launch
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext

/** A collection of a flow, which has begun, as an async iterator. Elements wait in a channel. */
internal class FlowIterator<T> private constructor(
    private val channel: Channel<T>,
    private val collection: Job,
) : ChannelIterator<T>(channel),
    AutoCloseable {
    /** Cancels the collection and discards what was not taken. */
    override fun close() {
        channel.cancel()
        collection.cancel()
    }

    companion object {
        operator fun <T> invoke(
            flow: Flow<T>,
            prefetch: Int,
            context: CoroutineContext,
        ): FlowIterator<T> {
            val hook = context[DiscardHook]
            val channel = Channel<T>(prefetch, onUndeliveredElement = hook?.let { { element -> it.discard(element) } })
            val dispatcher = context[ContinuationInterceptor] ?: Dispatchers.Unconfined
            val collection =
                CoroutineScope(
                    currentVariables(context) + context + dispatcher,
                ).launch(start = CoroutineStart.UNDISPATCHED) {
                    collect(flow, channel)
                }
            return FlowIterator(channel, collection)
        }

        private suspend fun <T> collect(
            flow: Flow<T>,
            channel: Channel<T>,
        ) {
            try {
                flow.collect { channel.send(it) }
                channel.close()
            } catch (error: Throwable) {
                if (!channel.close(error) && error !is CancellationException) {
                    throw error
                }
            }
        }
    }
}

internal fun requireNoJob(context: CoroutineContext) {
    require(context[Job] == null) { "a context with a Job would be cancelled behind the back of who runs it: $context" }
}
