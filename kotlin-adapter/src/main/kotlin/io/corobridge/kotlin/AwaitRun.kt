package io.corobridge.kotlin

import io.corobridge.Awaitable
import io.corobridge.Context
import io.corobridge.Coroutine
import io.corobridge.CoroutineState
import io.corobridge.drive.Driver
import kotlin.coroutines.Continuation

/**
 * One await of an awaitable by a Kotlin coroutine that is no body of ours.
 *
 * @param variables the context variables that it sees; null for a copy of those of the coroutine
 */
internal class AwaitRun<R>(
    private val awaitable: Awaitable<out R>,
    private val continuation: Continuation<R>,
    private val variables: Context? = null,
) : Caller<R>(continuation.context) {
    private val driver: Driver<R> = executor?.let { Driver.of(awaitable, this, it) } ?: Driver.of(awaitable, this)

    override fun cancel() = driver.cancel()

    /** Takes the first step. Returns the result, or COROUTINE_SUSPENDED. */
    fun begin(): Any? {
        if (!isActive) {
            closeUnstarted()
            throw cancellationException()
        }
        val own = variables ?: variablesFor(context)
        Ambient.during(context) { if (own == null) driver.start() else driver.start(own) }
        return awaitEnd(continuation)
    }

    private fun closeUnstarted() {
        if (awaitable is Coroutine<*> && awaitable.state() == CoroutineState.CREATED) {
            awaitable.close()
        }
    }
}
