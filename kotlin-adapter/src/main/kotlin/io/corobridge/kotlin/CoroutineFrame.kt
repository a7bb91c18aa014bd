package io.corobridge.kotlin

import io.corobridge.Awaitable
import io.corobridge.Co
import io.corobridge.Coroutine
import io.corobridge.FrameSupport
import io.corobridge.Pending
import io.corobridge.engine.Exchange
import io.corobridge.engine.Frame
import io.corobridge.engine.FrameBody
import io.corobridge.engine.Frames
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Job
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.createCoroutineUnintercepted
import kotlin.coroutines.jvm.internal.CoroutineStackFrame

/** The body of a coroutine, to be run any number of times. */
internal class CoroutineBody<R>(
    private val body: suspend () -> R,
) : Coroutine.Body<R>,
    FrameBody {
    override fun run(co: Co): R = throw IllegalStateException("runs as a frame")

    override fun newFrame(): Frame =
        object : CoroutineFrame() {
            override fun create(): Continuation<Unit> = body.createCoroutineUnintercepted(this)
        }
}

/**
 * One run of a body that may call any suspend function.
 *
 * Awaits of the protocol's objects go to the machine. Another suspend function that suspends is an *operation*: the machine is
 * given a Pending that stands for it, and the body goes on in the step that is taken when the operation has ended. What is
 * sent, raised or closed meanwhile cancels the operation, and reaches the body when the operation has ended.
 */
internal abstract class CoroutineFrame :
    KotlinFrame(),
    CoroutineStackFrame {
    private val jobs = JobSlot()

    final override lateinit var context: CoroutineContext
        private set

    /** Why the body goes on although its operation did not say so. */
    private var interruption: Result<Any?>? = null

    /** What the body is suspended on, if it is an operation. Written by the stepping thread, read by who ends the operation. */
    @Volatile
    private var operation: Operation? = null

    /** How the operation has ended, perhaps before the body was seen to be suspended. Written by who ends it. */
    @Volatile
    private var arrival: Arrival? = null

    /** A Job that is known to be of a scope inside the body. */
    @Volatile
    private var innerJob: Job? = null

    private class Arrival(
        val at: Continuation<Any?>,
        val result: Result<Any?>,
    )

    final override val callerFrame: CoroutineStackFrame?
        get() = null

    final override fun getStackTraceElement(): StackTraceElement? = null

    final override fun start(exchange: Exchange) {
        super.start(exchange)
        context = BodyInterceptor.context(this, jobs)
    }

    final override fun resume(
        exchange: Exchange,
        value: Any?,
        error: Throwable?,
    ): Any? {
        try {
            return run(exchange, value, error)
        } finally {
            if (ended) {
                jobs.cancel()
            }
        }
    }

    private fun run(
        exchange: Exchange,
        value: Any?,
        error: Throwable?,
    ): Any? {
        val waitedFor = operation
        if (waitedFor == null) {
            goOn(value, error)
        } else {
            if (error != null || value !== waitedFor) {
                interrupt(value, error)
            }
            goOnAfter(arrival ?: arrived(exchange) ?: return null)
        }
        while (!ended && !Frames.isSuspending(exchange)) {
            goOnAfter(arrived(exchange) ?: return null)
        }
        return outcome()
    }

    private fun interrupt(
        value: Any?,
        error: Throwable?,
    ) {
        if (error != null) {
            interruption = Result.failure(error)
        } else if (interruption == null) {
            interruption = Result.success(value)
        }
        if (arrival == null) {
            jobs.cancel()
        }
    }

    /** How the operation that the body is suspended in has ended. If it has not, the body suspends, and this is null. */
    private fun arrived(exchange: Exchange): Arrival? {
        val awaited = Operation()
        // First this, then a look at the arrival; whoever ends the operation does it the other way round.
        operation = awaited
        if (arrival == null || (interruption == null && FrameSupport.isCancelDue(handle))) {
            Frames.delegates(exchange, awaited)
            return null
        }
        return arrival
    }

    private fun goOnAfter(ended: Arrival) {
        val because = interruption
        operation = null
        arrival = null
        interruption = null
        if (because == null) {
            goOn(ended.at, ended.result)
            return
        }
        jobs.renew()
        val failure = ended.result.exceptionOrNull()
        goOn(ended.at, if (failure == null || failure is CancellationException) because else ended.result)
    }

    /** An operation has ended, on whatever thread. */
    fun resumed(
        at: Continuation<Any?>,
        result: Result<Any?>,
    ) {
        arrival = Arrival(at, result)
        operation?.hasEnded()
    }

    final override fun endedBehindOurBack(result: Result<Any?>): Unit = resumed(this, result)

    /** Whether a continuation belongs to this body's own sequence of calls: not to a coroutine that was launched in it. */
    fun contains(continuation: Continuation<*>): Boolean {
        val its = continuation.context
        if (its === context || its[JobSlot] === jobs) {
            return true
        }
        val itsJob = its[Job]
        if (itsJob != null && itsJob === innerJob) {
            return true
        }
        var caller = continuation as? CoroutineStackFrame
        while (caller != null && caller !== this) {
            caller = caller.callerFrame
        }
        if (caller == null) {
            return false
        }
        innerJob = itsJob
        return true
    }

    /** The body awaits. Returns the result or COROUTINE_SUSPENDED. */
    fun await(
        awaitable: Awaitable<*>,
        continuation: Continuation<*>,
    ): Any? {
        checkInside()
        val known = FrameSupport.await(handle as Co, awaitable)
        if (!Frames.isSuspending(handle)) {
            return known
        }
        suspendedAt(continuation)
        return COROUTINE_SUSPENDED
    }

    /** Has a resource closed when this body has ended. */
    fun closeAtEnd(resource: AutoCloseable) {
        checkInside()
        FrameSupport.closeAtEnd(handle as Co, resource)
    }

    /** The body asks whether it is cancelled. Returns at once when it is not, else COROUTINE_SUSPENDED. */
    fun checkCancelled(continuation: Continuation<*>): Any? {
        checkInside()
        FrameSupport.checkCancelled(handle)
        if (!Frames.isSuspending(handle)) {
            return null
        }
        suspendedAt(continuation)
        return COROUTINE_SUSPENDED
    }

    /** The await of an operation that has begun already. Its result stays in the frame. */
    private inner class Operation : Pending<Any?>() {
        override fun source(): Any = this@CoroutineFrame

        override fun open() {
            if (arrival != null) {
                hasEnded()
            }
        }

        fun hasEnded() {
            settle(this)
        }

        override fun release() = jobs.cancel()
    }
}
