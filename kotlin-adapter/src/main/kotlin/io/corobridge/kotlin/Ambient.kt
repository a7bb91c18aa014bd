package io.corobridge.kotlin

import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/** The context of the Kotlin coroutine that drives what runs on this thread: bodies written in Kotlin start in it. */
internal object Ambient {
    private val current = ThreadLocal<CoroutineContext?>()

    val context: CoroutineContext
        get() = current.get() ?: EmptyCoroutineContext

    inline fun <R> during(
        context: CoroutineContext,
        steps: () -> R,
    ): R {
        val before = current.get()
        current.set(context)
        try {
            return steps()
        } finally {
            current.set(before)
        }
    }
}
