@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.Awaitable
import io.corobridge.Awaitables
import io.corobridge.Context
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import org.reactivestreams.Publisher
import java.util.concurrent.CompletionStage
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/**
 * Python's `await`, from any suspend function. Inside a body of [coroutine] or [asyncGenerator], and in the suspend functions that it
 * calls, the body's machine awaits, as for `co.await(..)`. Anywhere else the awaitable is driven here:
 *
 * Cold: a coroutine starts now, and can be awaited once. A null result is null. What it raises is raised here, the same instance;
 * a [io.corobridge.CancelledError] of its own is raised as the cause of a CancellationException.
 *
 * When the calling coroutine is cancelled, the awaitable is closed, and this function waits for its clean-up, which may suspend; what
 * the clean-up raises is raised here, otherwise the CancellationException. A result that comes after the cancel goes to the
 * [DiscardHook]. The first step runs in place, each later one on the dispatcher of the calling coroutine.
 *
 * @return the result
 */
public suspend fun <R> Awaitable<out R>.await(): R = awaitWith(null)

/** Awaits with these context variables, unless a body awaits. */
internal suspend fun <R> Awaitable<out R>.awaitWith(variables: Context?): R =
    suspendCoroutineUninterceptedOrReturn { continuation ->
        val body = BodyInterceptor.bodyOf(continuation)
        if (body != null) body.await(this, continuation) else AwaitRun(this, continuation, variables).begin()
    }

/**
 * Waits for a future, with the rules of `co.await(CompletionStage)`: a CompletionException is taken off; a cancelled future is a
 * CancellationException. When the calling coroutine is cancelled, a stage that is a Future is cancelled.
 *
 * @return its value
 */
public suspend fun <T : Any> CompletionStage<out T?>.await(): T? = Awaitables.from(this).await()

/**
 * Waits for a publisher of at most one element to complete, with the rules of `co.await(Publisher)`.
 *
 * @return the element; null when it was empty
 */
public suspend fun <T : Any> Publisher<out T>.await(): T? = Awaitables.from(this).await()

/**
 * For code that computes for long without suspending. In a body that is being cancelled by its driver this raises
 * [io.corobridge.GeneratorExit]; in any other coroutine, CancellationException when that is cancelled.
 */
public suspend fun checkCancelled() {
    val body = currentBody()
    if (body == null) {
        currentCoroutineContext().ensureActive()
    } else {
        suspendCoroutineUninterceptedOrReturn<Any?> { continuation -> body.checkCancelled(continuation) }
    }
}

internal suspend fun currentBody(): CoroutineFrame? =
    suspendCoroutineUninterceptedOrReturn { continuation -> BodyInterceptor.bodyOf(continuation) }
