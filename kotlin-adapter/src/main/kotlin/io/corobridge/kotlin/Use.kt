@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.AsyncContextManager
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext

/**
 * Python's `async with`: enters the manager, runs the block, and leaves the manager however the block ended, by an exception or a
 * `return` out of it too.
 *
 * The manager is told what the block raised; when it answers true, that is swallowed and the result is null. It is left also when
 * the coroutine was cancelled, and this function waits for that.
 *
 * @param block is given what the manager hands out
 * @return the block's result; null when the manager swallowed what the block raised
 */
public suspend inline fun <T, R> AsyncContextManager<T>.use(block: (T) -> R): R? {
    val value = aenter().await()
    var left = false
    try {
        return block(value)
    } catch (error: Throwable) {
        left = true
        if (!leave(this, error)) {
            throw error
        }
        return null
    } finally {
        if (!left) {
            leave(this, null)
        }
    }
}

/** Whether the manager swallows the error. */
@PublishedApi
internal suspend fun leave(
    manager: AsyncContextManager<*>,
    error: Throwable?,
): Boolean =
    try {
        uncancelled { manager.aexit(error).await() == true }
    } catch (another: Throwable) {
        if (error != null && another !== error) {
            another.addSuppressed(error)
        }
        throw another
    }

/**
 * Runs clean-up that awaits. Outside the protocol's bodies, Kotlin lets a cancelled coroutine wait only so; and as a Result, for
 * `withContext` may copy the exceptions that it lets through.
 */
internal suspend fun <R> uncancelled(cleanUp: suspend () -> R): R =
    if (currentBody() != null) {
        cleanUp()
    } else {
        withContext(NonCancellable) { runCatching { cleanUp() } }.getOrThrow()
    }
