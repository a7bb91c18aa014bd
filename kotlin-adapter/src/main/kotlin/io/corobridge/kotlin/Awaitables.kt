@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.Awaitable
import io.corobridge.Awaitables
import io.corobridge.Pending
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job

/**
 * This Deferred for `co.await(..)`.
 *
 * Hot: a lazy one is started by the await; giving up the await leaves it alone, as `Deferred.await` does. A null result is null.
 * What it fails with is raised at the await, the same instance, never a copy; one that was cancelled raises its
 * CancellationException. The body goes on on the thread that completes the Deferred, unless its driver says otherwise.
 *
 * @return an awaitable that may be awaited any number of times
 */
@OptIn(ExperimentalCoroutinesApi::class)
public fun <T> Deferred<T>.asAwaitable(): Awaitable<T> =
    Awaitable {
        if (isCompleted) {
            val failure = getCompletionExceptionOrNull()
            val known = if (failure != null) failed<T>(failure) else Awaitables.ready(getCompleted())
            known.awaitIterator()
        } else {
            DeferredAwait(this)
        }
    }

/**
 * This Job's end for `co.await(..)`, as `Job.join`: however it ends, the result is null, and nothing is raised. Giving up the await
 * leaves the Job alone.
 *
 * @return an awaitable that may be awaited any number of times
 */
public fun Job.asAwaitable(): Awaitable<Unit?> =
    Awaitable { if (isCompleted) Awaitables.ready<Unit?>(null).awaitIterator() else JobAwait(this) }

/** An await that raises. */
@Suppress("UNCHECKED_CAST")
internal fun <T> failed(error: Throwable): Awaitable<T> = Awaitables.failed<Any>(error) as Awaitable<T>

private abstract class Completing<T>(
    private val job: Job,
) : Pending<T>() {
    /** Guarded by this. Whoever gives up the await may come before [open] has the handle. */
    private var handle: DisposableHandle? = null

    override fun source(): Any = job

    override fun open() {
        job.start()
        val registered = job.invokeOnCompletion { completed() }
        synchronized(this) {
            if (!isCancelled) {
                handle = registered
                return
            }
        }
        registered.dispose()
    }

    override fun release() {
        synchronized(this) { handle }?.dispose()
    }

    abstract fun completed()
}

private class DeferredAwait<T>(
    private val deferred: Deferred<T>,
) : Completing<T>(deferred) {
    @OptIn(ExperimentalCoroutinesApi::class)
    override fun completed() {
        val failure = deferred.getCompletionExceptionOrNull()
        if (failure != null) settleFailed(failure) else settle(deferred.getCompleted())
    }
}

private class JobAwait(
    job: Job,
) : Completing<Unit?>(job) {
    override fun completed() {
        settle(null)
    }
}
