package io.corobridge.kotlin

import io.corobridge.AsyncGenerator
import io.corobridge.AsyncIterable
import io.corobridge.AsyncIterator
import io.corobridge.Awaitable
import io.corobridge.StopAsyncIteration
import io.corobridge.TypeError
import kotlinx.coroutines.Job
import kotlin.coroutines.coroutineContext

/**
 * A running `async for`: what `for (x in asyncIterable)` loops over in a suspend function.
 *
 * As in Python, leaving the loop early does not close an async generator. A source that holds something, such as a subscription, is
 * closed at the latest when the coroutine that loops, or the body of the protocol, has ended. Outside of bodies, each step begins in
 * place and is driven as [await] says, and all of them see one copy of the context variables, taken at the first.
 *
 * @param T the element
 */
public class AsyncElements<out T> internal constructor(
    private val source: AsyncIterator<out T>,
    /** Whether [close] will be called. */
    private val isClosed: Boolean = false,
) {
    private val buffered = source as? AsyncIterator.Buffered<*>
    private var watched = isClosed
    private var ready = false
    private var ended = false
    private var element: Any? = null

    /** For the coroutine that has looped last, unless it is a body. Confined, as all of this, to who loops. */
    private var run: StepRun<*>? = null

    /**
     * Python's `__anext__()`, awaited.
     *
     * @return whether there is another element
     */
    public suspend operator fun hasNext(): Boolean {
        if (ready || ended) {
            return ready
        }
        val known = run
        return if (known != null && known.context === coroutineContext) known.hasNext() else begin()
    }

    private suspend fun begin(): Boolean {
        watch()
        if (currentBody() != null) {
            return poll() || hasNextInBody()
        }
        run?.close()
        val begun = StepRun(source, this, coroutineContext, isClosed)
        run = begun
        return begun.hasNext()
    }

    private suspend fun hasNextInBody(): Boolean {
        try {
            found(present(source.anext()).await())
        } catch (_: StopAsyncIteration) {
            hasEnded()
        }
        return ready
    }

    /** As the driver checks it outside of bodies. */
    private fun <R> present(step: Awaitable<R>?): Awaitable<R> =
        step ?: throw TypeError("'async for' received an invalid object from __anext__: NoneType")

    /** Takes an element that was fetched ahead. Returns false when a step has to be awaited. */
    internal fun poll(): Boolean {
        val fetched = buffered?.poll() ?: return false
        found(fetched)
        return true
    }

    internal fun found(next: Any?) {
        element = next
        ready = true
    }

    internal fun hasEnded() {
        ended = true
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
            coroutineContext[Job]?.invokeOnCompletion { source.close() }
        }
    }

    /** Closes the source, and waits for that. */
    internal suspend fun close() {
        val variables = run?.variables
        run?.close()
        if (source is AsyncGenerator<*, *>) {
            uncancelled { source.aclose().awaitWith(variables) }
        } else if (source is AutoCloseable) {
            source.close()
        }
    }
}
