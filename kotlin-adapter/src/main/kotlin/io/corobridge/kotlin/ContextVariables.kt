@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.Context
import kotlinx.coroutines.CopyableThreadContextElement
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import io.corobridge.engine.Ambient as Surroundings

/**
 * The variables of this context wherever a Kotlin coroutine runs that has the element: its suspend functions and what they await see
 * them, on whatever thread they go on.
 *
 * This context itself does not change. `launch` and `withContext` with the element, each child, and each awaitable that is awaited
 * outside the protocol's bodies have a copy of their own, as a task has in Python. In such a body nothing need be done: what it
 * calls and launches has the context variables that it started with.
 *
 * @return an element for `launch`, `withContext` and their like
 */
public fun Context.asContextElement(): CoroutineContext.Element = ContextVariables(this)

/** The context variables that were set where this is called, as an element; null when there are none. */
internal fun currentVariables(): CoroutineContext.Element? =
    (Surroundings.current().context() as Context?)?.let { ContextVariables(it) }

/** Makes a context current while its coroutine runs. */
@OptIn(DelicateCoroutinesApi::class, ExperimentalCoroutinesApi::class)
private class ContextVariables(
    private val variables: Context,
) : AbstractCoroutineContextElement(Key),
    CopyableThreadContextElement<Any?> {
    override fun updateThreadContext(context: CoroutineContext): Any? {
        val ambient = Surroundings.current()
        val before = ambient.context()
        ambient.context(variables)
        return before
    }

    override fun restoreThreadContext(
        context: CoroutineContext,
        oldState: Any?,
    ) = Surroundings.current().context(oldState)

    override fun copyForChild() = ContextVariables(variables.copy())

    override fun mergeForChild(overwritingElement: CoroutineContext.Element) = overwritingElement

    companion object Key : CoroutineContext.Key<ContextVariables>
}
