@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.AsyncGenerator
import io.corobridge.AsyncIterable
import io.corobridge.AsyncIterator
import io.corobridge.TypeError
import io.corobridge.drive.Runs
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.produceIn

/**
 * Python's `async for`: `for (x in asyncIterable)` in any suspend function.
 *
 * @return a running loop; its `aiter()` has been called
 */
public operator fun <T> AsyncIterable<out T>.iterator(): AsyncElements<T> = AsyncElements(present(aiter()))

private fun <T> present(iterator: AsyncIterator<T>?): AsyncIterator<T> =
    iterator
        ?: throw TypeError("'async for' received an object from __aiter__ that does not implement __anext__: NoneType")

/**
 * This async iterable as a Flow.
 *
 * Cold: each collection calls `aiter()`; of an async generator that has not started the first collection runs it, and each later
 * one a new generator with the same body; one that has started is a [io.corobridge.RuntimeError]. A null element is emitted as
 * null. What the iterator raises is raised by `collect`, the same instance. When the collector stops, fails or is cancelled, the
 * iterator is closed, and `collect` waits for its clean-up, whose failure it raises. One step is taken for each element that is
 * emitted, none ahead; the body runs on the collector's dispatcher, in its context, so that `flowOn`, `take`, `catch` and
 * `buffer` do what they do for any flow. All steps of a collection see one copy of the context variables.
 *
 * @return a flow
 */
public fun <T> AsyncIterable<out T>.asFlow(): Flow<T> {
    val runs = runs()
    return flow {
        val elements = AsyncElements(runs(), isClosed = true)
        try {
            while (elements.hasNext()) {
                emit(elements.next())
            }
        } finally {
            elements.close()
        }
    }
}

private fun <T> AsyncIterable<out T>.runs(): () -> AsyncIterator<out T> {
    if (this is AsyncGenerator<out T, *>) {
        val runs = Runs.of(this)
        return { runs.get() }
    }
    return { present(aiter()) }
}

/**
 * The elements of this async iterable in a channel, fetched by a coroutine in [scope]; see [asFlow]. Cancelling the channel closes
 * the iterator.
 *
 * @param scope whose child fetches
 * @param capacity how many elements are fetched ahead, as for [Channel]
 * @return a channel that is closed after the last element, or by what the iterator raises
 */
@JvmOverloads
public fun <T> AsyncIterable<out T>.produceIn(
    scope: CoroutineScope,
    capacity: Int = Channel.BUFFERED,
): ReceiveChannel<T> = asFlow().buffer(capacity).produceIn(scope)
