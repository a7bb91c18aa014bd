package io.corobridge.kotlin

import io.corobridge.Awaitable
import io.corobridge.Coroutine
import io.corobridge.CoroutineState
import io.corobridge.drive.Driver
import kotlin.coroutines.Continuation

/** One await of an awaitable by a Kotlin coroutine that is no body of ours. */
internal class AwaitRun<R>(
    private val awaitable: Awaitable<out R>,
    private val continuation: Continuation<R>,
) : Caller<R>(continuation.context) {
    private val driver: Driver<R> = executor?.let { Driver.of(awaitable, this, it) } ?: Driver.of(awaitable, this)

    override fun cancel() = driver.cancel()

    /** Takes the first step. Returns the result, or COROUTINE_SUSPENDED. */
    fun begin(): Any? {
        if (!isActive) {
            closeUnstarted()
            throw cancellationException()
        }
        Ambient.during(context) { driver.start() }
        return awaitEnd(continuation)
    }

    private fun closeUnstarted() {
        if (awaitable is Coroutine<*> && awaitable.state() == CoroutineState.CREATED) {
            awaitable.close()
        }
    }
}
