package io.corobridge.kotlin

import io.corobridge.Awaitable
import io.corobridge.CancelledError
import io.corobridge.Coroutine
import io.corobridge.CoroutineState
import io.corobridge.drive.Driver
import io.corobridge.drive.Host
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import java.util.concurrent.Executor
import java.util.concurrent.atomic.AtomicReference
import kotlin.coroutines.Continuation
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED

/**
 * One await of an awaitable by a Kotlin coroutine that is no body of ours: drives the awaitable on that coroutine's dispatcher.
 *
 * The coroutine does not go on before the awaitable has ended, cancelled or not.
 */
internal class AwaitRun<R>(
    private val awaitable: Awaitable<out R>,
    private val continuation: Continuation<R>,
) : Host<R>,
    Executor {
    private enum class Phase { STARTING, SUSPENDED, ENDED }

    private val context = continuation.context
    private val job = context[Job]
    private val interceptor = context[ContinuationInterceptor]

    /** Through it, a step gets to the right thread with the right thread-locals. Used for one step at a time. */
    private val stepper = interceptor?.interceptContinuation(Continuation<Unit>(context) { step() })

    private val driver = if (stepper == null) Driver.of(awaitable, this) else Driver.of(awaitable, this, this)

    /** Publishes the fields that follow. */
    private val phase = AtomicReference(Phase.STARTING)

    private var outcome: Result<R>? = null
    private var cancellation: DisposableHandle? = null

    /** Published by the dispatcher. */
    private var next: Runnable? = null

    /** Takes the first step. Returns the result, or COROUTINE_SUSPENDED. */
    @OptIn(InternalCoroutinesApi::class)
    fun begin(): Any? {
        if (job != null && !job.isActive) {
            closeUnstarted()
            throw job.getCancellationException()
        }
        Ambient.during(context) { driver.start() }
        if (phase.get() == Phase.STARTING) {
            cancellation = job?.invokeOnCompletion(onCancelling = true) { driver.cancel() }
            if (phase.compareAndSet(Phase.STARTING, Phase.SUSPENDED)) {
                return COROUTINE_SUSPENDED
            }
        }
        release()
        return checkNotNull(outcome).getOrThrow()
    }

    private fun closeUnstarted() {
        if (awaitable is Coroutine<*> && awaitable.state() == CoroutineState.CREATED) {
            awaitable.close()
        }
    }

    override fun execute(command: Runnable) {
        next = command
        checkNotNull(stepper).resumeWith(Result.success(Unit))
    }

    private fun step() {
        val taken = checkNotNull(next)
        next = null
        Ambient.during(context) { taken.run() }
    }

    override fun returned(result: R) {
        if (job != null && job.isCancelled) {
            cancelled(result, null)
        } else {
            end(Result.success(result))
        }
    }

    override fun raised(error: Throwable) {
        end(Result.failure(if (error is CancelledError) cancellationException(error) else error))
    }

    override fun cancelled(
        result: R?,
        error: Throwable?,
    ) {
        if (result != null) {
            context[DiscardHook]?.discard(result)
        }
        end(Result.failure(error ?: checkNotNull(job).cancellationException()))
    }

    private fun end(with: Result<R>) {
        outcome = with
        if (phase.getAndSet(Phase.ENDED) == Phase.SUSPENDED) {
            release()
            // In a step, which is on the right dispatcher already.
            continuation.resumeWith(with)
        }
    }

    private fun release() {
        cancellation?.dispose()
        if (stepper != null) {
            interceptor?.releaseInterceptedContinuation(stepper)
        }
    }

    private companion object {
        @OptIn(InternalCoroutinesApi::class)
        fun Job.cancellationException(): CancellationException = getCancellationException()

        fun cancellationException(error: CancelledError): CancellationException {
            val crossing = CancellationException(error.message ?: "the coroutine was cancelled")
            crossing.initCause(error)
            return crossing
        }
    }
}
