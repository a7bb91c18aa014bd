package io.corobridge.kotlin

import io.corobridge.CancelledError
import io.corobridge.drive.Host
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import java.util.concurrent.Executor
import java.util.concurrent.atomic.AtomicReference
import kotlin.coroutines.Continuation
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED

/**
 * A Kotlin coroutine that is no body of ours, as the host of what it drives: it begins in place, goes on on that coroutine's
 * dispatcher, and is cancelled with it.
 *
 * The coroutine does not go on before what it drives has ended, cancelled or not. What only a suspension needs is made when there
 * is one.
 *
 * @param context of the coroutine
 */
internal abstract class Caller<R>(
    val context: CoroutineContext,
) : Host<R>,
    Executor {
    private enum class Phase { STEPPING, SUSPENDED, ENDED }

    private val job = context[Job]
    private val interceptor = context[ContinuationInterceptor]

    /** For the steps that do not begin in place. */
    protected val executor: Executor?
        get() = if (interceptor == null) null else this

    /** Publishes the fields that follow. Between two steps it is STEPPING. */
    private val phase = AtomicReference(Phase.STEPPING)

    private var suspended: Continuation<Any?>? = null
    private var cancellation: DisposableHandle? = null

    /** How it ended for the coroutine: this value, unless there is a failure. */
    private var value: Any? = null
    private var failure: Throwable? = null

    /** Through it, a step gets to the right thread with the right thread-locals. Used for one step at a time. */
    private var stepper: Continuation<Unit>? = null

    /** Published by the dispatcher. */
    private var next: Runnable? = null

    /** Cancels what is driven. Called on any thread. */
    protected abstract fun cancel()

    /**
     * What the coroutine gets for a result.
     *
     * @throws Throwable which it gets instead
     */
    protected open fun valueOf(result: R): Any? = result

    /**
     * What the coroutine gets for an exception.
     *
     * @throws Throwable which it gets instead
     */
    protected open fun valueOf(error: Throwable): Any? = throw if (error is CancelledError) crossing(error) else error

    /** What the coroutine gets for a result, which it no longer wants when it is cancelled. */
    protected fun delivered(result: R): Any? = if (isCancelled) cancelledWith(result, null) else valueOf(result)

    private fun cancelledWith(
        result: R?,
        error: Throwable?,
    ): Any? {
        if (result != null) {
            context[DiscardHook]?.discard(result)
        }
        return valueOf(error ?: cancellationException())
    }

    private val isCancelled: Boolean
        get() = job != null && job.isCancelled

    protected val isActive: Boolean
        get() = job == null || job.isActive

    @OptIn(InternalCoroutinesApi::class)
    protected fun cancellationException(): CancellationException = checkNotNull(job).getCancellationException()

    /** After the beginning, unless it is known to have ended. Returns what the coroutine gets, or COROUTINE_SUSPENDED. */
    @OptIn(InternalCoroutinesApi::class)
    protected fun awaitEnd(continuation: Continuation<*>): Any? {
        if (phase.get() == Phase.STEPPING) {
            @Suppress("UNCHECKED_CAST")
            suspended = continuation as Continuation<Any?>
            if (cancellation == null) {
                cancellation = job?.invokeOnCompletion(onCancelling = true) { cancel() }
            }
            if (phase.compareAndSet(Phase.STEPPING, Phase.SUSPENDED)) {
                return COROUTINE_SUSPENDED
            }
        }
        phase.set(Phase.STEPPING)
        suspended = null
        hasEnded()
        return takeOutcome().getOrThrow()
    }

    /** A suspension is over. Releases what it needed, unless there will be more of them and then a [release]. */
    protected open fun hasEnded(): Unit = release()

    protected fun release() {
        cancellation?.dispose()
        cancellation = null
        stepper?.let { interceptor?.releaseInterceptedContinuation(it) }
        stepper = null
    }

    private fun takeOutcome(): Result<Any?> {
        val outcome = failure?.let { Result.failure(it) } ?: Result.success(value)
        failure = null
        value = null
        return outcome
    }

    final override fun returned(result: R): Unit = end { delivered(result) }

    final override fun raised(error: Throwable): Unit = end { valueOf(error) }

    final override fun cancelled(
        result: R?,
        error: Throwable?,
    ): Unit = end { cancelledWith(result, error) }

    private inline fun end(outcome: () -> Any?) {
        try {
            value = outcome()
        } catch (error: Throwable) {
            failure = error
        }
        if (phase.getAndSet(Phase.ENDED) == Phase.SUSPENDED) {
            phase.set(Phase.STEPPING)
            val goesOn = checkNotNull(suspended)
            suspended = null
            hasEnded()
            // In a step, which is on the right dispatcher already.
            goesOn.resumeWith(takeOutcome())
        }
    }

    final override fun execute(command: Runnable) {
        next = command
        val through = stepper ?: checkNotNull(interceptor).interceptContinuation(Continuation(context) { step() })
        stepper = through
        through.resumeWith(Result.success(Unit))
    }

    private fun step() {
        val taken = checkNotNull(next)
        next = null
        Ambient.during(context) { taken.run() }
    }

    private fun crossing(error: CancelledError): CancellationException {
        val crossing = CancellationException(error.message ?: "the coroutine was cancelled")
        crossing.initCause(error)
        return crossing
    }
}
