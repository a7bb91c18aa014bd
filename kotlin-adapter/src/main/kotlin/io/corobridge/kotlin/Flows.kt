@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.AsyncGenerator
import io.corobridge.AsyncIterable
import io.corobridge.streams.Publishers
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.flow.Flow
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * This Flow as an async iterable that collects ahead.
 *
 * Each `aiter()` begins a collection at once, so that nothing that a SharedFlow or StateFlow emits from then on is missed. A null is
 * an element like any other. What the flow raises is raised after the last element, the same instance. Closing the iterator, as
 * `Each.close()` and the end of the looping body do, cancels the collection and does not wait for its clean-up; elements that
 * were collected and not taken go to the [DiscardHook] of [context]. A collection suspends when [prefetch] elements wait, and
 * goes on when one is taken. It runs on the dispatcher of [context], else on the thread that resumes it. An exception that comes
 * after the close goes to the CoroutineExceptionHandler of [context].
 *
 * @param prefetch how many elements may wait, at least 1
 * @param context of the collection; without a Job
 * @return an iterable
 */
@JvmOverloads
public fun <T> Flow<T>.asAsyncIterable(
    prefetch: Int = Publishers.DEFAULT_PREFETCH,
    context: CoroutineContext = EmptyCoroutineContext,
): AsyncIterable<T> {
    require(prefetch >= 1) { "prefetch must be at least 1, but is $prefetch" }
    requireNoJob(context)
    return AsyncIterable { FlowIterator(this, prefetch, context) }
}

/**
 * This Flow as an async generator, which collects nothing ahead: the flow emits when it is asked for an element, in the step that
 * asks, and stands at its `emit` meanwhile.
 *
 * Cold and single use. What the flow raises is raised by the step, the same instance; what `athrow` raises is raised at the
 * `emit`. `aclose()` raises [io.corobridge.GeneratorExit] there, and waits for the flow's clean-up. For threads and context see
 * [asyncGenerator].
 *
 * @return an async generator; what is sent to it is ignored
 */
public fun <T> Flow<T>.asAsyncGenerator(): AsyncGenerator<T, Any?> = AsyncGenerator.of("flow", yieldsOf(this))

/**
 * This channel as an async iterable: every element goes to one of its loops.
 *
 * Hot: leaving a loop leaves the channel open. The loop ends when the channel is closed; its cause is raised, the same instance. A
 * null is an element like any other. An element that was received for a step that is given up meanwhile goes to the channel's
 * `onUndeliveredElement`.
 *
 * @return an iterable
 */
public fun <T> ReceiveChannel<T>.asAsyncIterable(): AsyncIterable<T> = ChannelIterator(this)
