package io.corobridge.kotlin

import io.corobridge.AsyncIterator
import io.corobridge.Awaitable
import io.corobridge.Awaitables
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

/** A collection of a flow, which has begun, as an async iterator. Elements wait in a channel, where a loop finds them without a step. */
internal class FlowIterator private constructor(
    private val channel: Channel<Any?>,
    private val collection: Job,
) : AsyncIterator.Buffered<Any>,
    AutoCloseable {
    /** A null was taken out of the channel, which only a step can hand out. Of who loops. */
    private var holdsNull = false

    override fun poll(): Any? {
        if (holdsNull) {
            return null
        }
        val known = channel.tryReceive()
        val element = known.getOrNull()
        holdsNull = element == null && known.isSuccess
        return element
    }

    @Suppress("UNCHECKED_CAST") // null where the flow's elements may be
    override fun anext(): Awaitable<Any> =
        Awaitable<Any?> {
            if (takeNull()) Awaitables.ready<Any?>(null).awaitIterator() else receive(channel)
        } as Awaitable<Any>

    private fun takeNull(): Boolean {
        val held = holdsNull
        holdsNull = false
        return held
    }

    /** Cancels the collection and discards what was not taken. */
    override fun close() {
        channel.cancel()
        collection.cancel()
    }

    companion object {
        @Suppress("UNCHECKED_CAST") // of the flow's elements
        operator fun <T> invoke(
            flow: Flow<T>,
            prefetch: Int,
            context: CoroutineContext,
        ): AsyncIterator<T> {
            val hook = context[DiscardHook]
            val channel =
                Channel<Any?>(
                    prefetch,
                    onUndeliveredElement =
                        hook?.let {
                            { element ->
                                it.discard(element)
                            }
                        },
                )
            val dispatcher = context[ContinuationInterceptor] ?: Dispatchers.Unconfined
            val collection =
                CoroutineScope(
                    currentVariables(context) + context + dispatcher,
                ).launch(start = CoroutineStart.UNDISPATCHED) {
                    collect(flow, channel)
                }
            return FlowIterator(channel, collection) as AsyncIterator<T>
        }

        private suspend fun collect(
            flow: Flow<*>,
            channel: Channel<Any?>,
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
