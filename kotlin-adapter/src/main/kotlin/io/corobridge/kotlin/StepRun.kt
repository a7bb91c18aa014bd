package io.corobridge.kotlin

import io.corobridge.AsyncIterator
import io.corobridge.Context
import io.corobridge.StopAsyncIteration
import io.corobridge.drive.StepDriver
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/**
 * The steps of an async iterator that a Kotlin coroutine, no body of ours, loops over: one driver for all of them, and nothing else
 * while elements come at once.
 *
 * @param elements is given each element, or told the end
 * @param isReleased whether [close] will be called; otherwise nothing is kept from one suspension to the next
 */
internal class StepRun<T>(
    iterator: AsyncIterator<out T>,
    private val elements: AsyncElements<T>,
    context: CoroutineContext,
    private val isReleased: Boolean,
) : Caller<T>(context) {
    private val driver = StepDriver(iterator, this, executor, variablesFor(context))

    /** What all steps see. */
    val variables: Context?
        get() = driver.context()

    /** Takes a step. Returns whether there is an element. */
    suspend fun hasNext(): Boolean = suspendCoroutineUninterceptedOrReturn { continuation -> step(continuation) }

    private fun step(continuation: Continuation<Boolean>): Any? {
        if (!isActive) {
            throw cancellationException()
        }
        if (elements.poll()) {
            return true
        }
        val ended =
            Ambient.during(context) {
                driver.enter()
                driver.stepHere()
            }
        if (!ended) {
            return awaitEnd(continuation)
        }
        val raised = driver.takeFailure()
        return if (raised == null) delivered(driver.takeElement()) else valueOf(raised)
    }

    override fun valueOf(result: T): Any {
        elements.found(result)
        return true
    }

    override fun valueOf(error: Throwable): Any? {
        if (error !is StopAsyncIteration) {
            return super.valueOf(error)
        }
        elements.hasEnded()
        return false
    }

    override fun cancel() = driver.cancel()

    override fun hasEnded() {
        if (!isReleased) {
            release()
        }
    }

    fun close() = release()
}
