package io.corobridge.kotlin

import io.corobridge.FrameSupport
import io.corobridge.Handle
import io.corobridge.engine.Exchange
import io.corobridge.engine.Frame
import kotlin.coroutines.Continuation
import kotlin.coroutines.jvm.internal.CoroutineStackFrame

/**
 * A body that kotlinc has compiled into state machines, as the one frame of that body. It keeps the innermost continuation and
 * resumes that directly, however deep the calls are; and it is the completion of the outermost one.
 *
 * Confined to the thread that steps the body.
 */
internal abstract class KotlinFrame :
    Frame(),
    Continuation<Any?> {
    /** The body's exchange. Set before the first step. */
    protected lateinit var handle: Handle
        private set

    private var innermost: Continuation<Any?>? = null

    /** The body itself, once it has begun. */
    private var outermost: Continuation<Unit>? = null
    private var running = false
    private var result: Any? = null
    private var failure: Throwable? = null

    /** Whether the body has returned or raised. */
    protected var ended: Boolean = false
        private set

    override fun start(exchange: Exchange) {
        handle = exchange as Handle
    }

    /** A suspended state machine does not tell whether it has clean-up to run. */
    override fun holdsResources(): Boolean = true

    /** Makes the body's state machine, which is to be resumed once to begin. This frame is its completion. */
    protected abstract fun create(): Continuation<Unit>

    /** While a foreign suspend function is suspended, only where the body itself stands is known. */
    override fun stackTrace(): Array<StackTraceElement> {
        val calls = mutableListOf<StackTraceElement>()
        var call = (innermost ?: outermost) as? CoroutineStackFrame
        while (call != null && call !== this) {
            call.getStackTraceElement()?.takeUnless { isLibrary(it.className) }?.let { calls += it }
            call = call.callerFrame
        }
        return calls.toTypedArray()
    }

    private fun isLibrary(className: String): Boolean =
        className.startsWith("io.corobridge.kotlin.") || className.startsWith("kotlin.") ||
            className.startsWith("kotlinx.coroutines.")

    override fun resume(
        exchange: Exchange,
        value: Any?,
        error: Throwable?,
    ): Any? {
        goOn(value, error)
        return outcome()
    }

    /** Runs the body from its beginning, or from where it suspended itself. */
    protected fun goOn(
        value: Any?,
        error: Throwable?,
    ) {
        val at = innermost
        if (at == null) {
            begin()
        } else {
            innermost = null
            goOn(at, if (error == null) Result.success(value) else Result.failure(error))
        }
    }

    private fun begin() {
        val body = create()
        outermost = body
        running = true
        try {
            body.resumeWith(Result.success(Unit))
        } finally {
            running = false
        }
    }

    protected fun goOn(
        at: Continuation<Any?>,
        with: Result<Any?>,
    ) {
        running = true
        try {
            at.resumeWith(with)
        } finally {
            running = false
        }
    }

    /** What the body has returned or raised; meaningless while it is suspended. A body without a result returns null. */
    protected fun outcome(): Any? {
        failure?.let { throw it }
        return if (result === Unit) null else result
    }

    override fun resumeWith(result: Result<Any?>) {
        if (!running) {
            endedBehindOurBack(result)
            return
        }
        ended = true
        failure = result.exceptionOrNull()
        this.result = result.getOrNull()
    }

    /** The body was resumed, and so ended, by somebody who may not. */
    protected abstract fun endedBehindOurBack(result: Result<Any?>)

    /** The body suspends itself here. Its frame has been told with what. */
    protected fun suspendedAt(continuation: Continuation<*>) {
        @Suppress("UNCHECKED_CAST")
        innermost = continuation as Continuation<Any?>
    }

    protected fun checkInside() {
        if (!running) {
            throw FrameSupport.outsideBody(handle)
        }
    }
}
