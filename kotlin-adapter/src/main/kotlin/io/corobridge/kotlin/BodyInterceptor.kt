package io.corobridge.kotlin

import kotlinx.coroutines.Delay
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.Continuation
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext

/**
 * Sees to it that a body goes on in a step of its coroutine only, whoever resumes it. Coroutines that the body launches go to the
 * dispatcher of whoever drives it, or run where they are resumed.
 */
internal open class BodyInterceptor(
    val frame: CoroutineFrame,
    private val outer: ContinuationInterceptor,
) : AbstractCoroutineContextElement(ContinuationInterceptor),
    ContinuationInterceptor {
    override fun <T> interceptContinuation(continuation: Continuation<T>): Continuation<T> =
        if (frame.contains(continuation)) Resumption(continuation) else outer.interceptContinuation(continuation)

    override fun releaseInterceptedContinuation(continuation: Continuation<*>) {
        if (continuation !is Resumption<*>) {
            outer.releaseInterceptedContinuation(continuation)
        }
    }

    /** Resumes the body at its next step. Not a CoroutineStackFrame: kotlinx would copy the exceptions that pass here. */
    private inner class Resumption<T>(
        private val at: Continuation<T>,
    ) : Continuation<T> {
        override val context: CoroutineContext
            get() = at.context

        @Suppress("UNCHECKED_CAST")
        override fun resumeWith(result: Result<T>) = frame.resumed(at as Continuation<Any?>, result)
    }

    /** For a dispatcher with a clock of its own, such as a virtual one. */
    @OptIn(InternalCoroutinesApi::class)
    private class WithDelay(
        frame: CoroutineFrame,
        outer: ContinuationInterceptor,
        delay: Delay,
    ) : BodyInterceptor(frame, outer),
        Delay by delay

    companion object {
        /** The context of a body that is started by whoever has the ambient context. */
        @OptIn(InternalCoroutinesApi::class)
        fun context(
            frame: CoroutineFrame,
            jobs: JobSlot,
        ): CoroutineContext {
            val ambient = Ambient.context
            val outer = ambient[ContinuationInterceptor] ?: Dispatchers.Unconfined
            val own = if (outer is Delay) WithDelay(frame, outer, outer) else BodyInterceptor(frame, outer)
            return jobs + ambient.minusKey(Job) + own + currentVariables(ambient)
        }

        /** The body in which a continuation stands, or null. */
        fun bodyOf(continuation: Continuation<*>): CoroutineFrame? {
            val interceptor = continuation.context[ContinuationInterceptor] as? BodyInterceptor
            return interceptor?.frame?.takeIf { it.contains(continuation) }
        }
    }
}
