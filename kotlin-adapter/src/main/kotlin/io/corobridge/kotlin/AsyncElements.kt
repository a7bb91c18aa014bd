package io.corobridge.kotlin

import io.corobridge.AsyncIterable
import io.corobridge.AsyncIterator
import io.corobridge.StopAsyncIteration
import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext

/**
 * A running `async for`: what `for (x in asyncIterable)` loops over in a suspend function.
 *
 * As in Python, leaving the loop early does not close an async generator. A source that holds something, such as a subscription, is
 * closed at the latest when the coroutine that loops, or the body of the protocol, has ended.
 *
 * @param T the element
 */
public class AsyncElements<out T> internal constructor(
    private val source: AsyncIterator<out T>,
) {
    private var watched = false
    private var ready = false
    private var ended = false
    private var element: Any? = null

    /**
     * Python's `__anext__()`, awaited.
     *
     * @return whether there is another element
     */
    public suspend operator fun hasNext(): Boolean {
        if (ready || ended) {
            return ready
        }
        watch()
        try {
            element = source.anext().await()
            ready = true
        } catch (_: StopAsyncIteration) {
            ended = true
        }
        return ready
    }

    /**
     * The element that [hasNext] has found.
     *
     * @throws NoSuchElementException when it has not
     */
    public operator fun next(): T {
        if (!ready) {
            throw NoSuchElementException()
        }
        ready = false
        @Suppress("UNCHECKED_CAST")
        val next = element as T
        element = null
        return next
    }

    private suspend fun watch() {
        if (watched || source !is AutoCloseable) {
            return
        }
        watched = true
        val body = currentBody()
        if (body != null) {
            body.closeAtEnd(source)
        } else {
            currentCoroutineContext()[Job]?.invokeOnCompletion { source.close() }
        }
    }
}
