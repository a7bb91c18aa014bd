@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.Coroutine
import io.corobridge.CoroutineState
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.launch
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * Runs this coroutine in [scope], as `async` does.
 *
 * Hot: it starts when the scope's dispatcher gets to it. A null result is null; what it raises is what the Deferred fails with, the
 * same instance, and fails the scope; for CancelledError see [await]. Cancelling the Deferred closes the coroutine, and the Deferred
 * has ended when its clean-up has; one that has not started is closed. It is stepped on the scope's dispatcher.
 *
 * @param scope whose child it becomes
 * @param context added to the scope's context, such as a dispatcher
 * @param start when it starts, as for `async`
 * @return its result, to be awaited any number of times
 */
@JvmOverloads
public fun <R> Coroutine<R>.asDeferred(
    scope: CoroutineScope,
    context: CoroutineContext = EmptyCoroutineContext,
    start: CoroutineStart = CoroutineStart.DEFAULT,
): Deferred<R> {
    val deferred = scope.async(context, start) { await() }
    closeIfNeverStarted(deferred)
    return deferred
}

/**
 * Runs this coroutine in [scope], as `launch` does; otherwise as [asDeferred].
 *
 * @param scope whose child it becomes
 * @param context added to the scope's context, such as a dispatcher
 * @return its job; its result goes to the [DiscardHook]
 */
@JvmOverloads
public fun Coroutine<*>.launchIn(
    scope: CoroutineScope,
    context: CoroutineContext = EmptyCoroutineContext,
): Job {
    val job =
        scope.launch(context) {
            val result: Any? = await()
            coroutineContext[DiscardHook]?.discard(result)
        }
    closeIfNeverStarted(job)
    return job
}

private fun Coroutine<*>.closeIfNeverStarted(job: Job) {
    job.invokeOnCompletion {
        if (state() == CoroutineState.CREATED) {
            close()
        }
    }
}
