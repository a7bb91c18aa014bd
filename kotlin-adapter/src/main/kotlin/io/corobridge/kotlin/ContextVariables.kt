@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.Context
import kotlinx.coroutines.CopyableThreadContextElement
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import io.corobridge.engine.Ambient as Surroundings

/**
 * The variables of this context wherever a Kotlin coroutine runs that has the element: its suspend functions and what they await see
 * them, on whatever thread they go on.
 *
 * This context itself does not change. `launch` and `withContext` with the element, each child, and each awaitable that is awaited
 * outside the protocol's bodies have a copy of their own, as a task has in Python. In such a body nothing need be done: what it
 * calls and launches has the context variables that it started with.
 *
 * Where kotlinx-coroutines-reactor and the Reactor adapter are present, its `ReactorContext` in a coroutine context needs no such
 * element: it is the Context that Java's bodies have from `CoContext`, and what they await is subscribed to with it; and a body in
 * Kotlin has the one of the Mono or Flux that drives it as its `ReactorContext`, as it was when the body began.
 *
 * @return an element for `launch`, `withContext` and their like
 */
public fun Context.asContextElement(): CoroutineContext.Element = ContextVariables(this)

/**
 * What is set where this is called, as elements: the context variables, and Reactor's Context among them.
 *
 * @param known the context that they are to be added to
 */
internal fun currentVariables(known: CoroutineContext): CoroutineContext {
    val variables = Surroundings.current().context() as Context? ?: return EmptyCoroutineContext
    val reactor = ReactorContexts.current(known)
    val element = ContextVariables(variables, reactor)
    return if (reactor == null) element else element + reactor
}

/** The context variables for what a coroutine in this context drives; null when that is a copy of the current ones. */
internal fun variablesFor(context: CoroutineContext): Context? {
    val reactor = ReactorContexts.elementOf(context) ?: return null
    // Where nobody has replaced the element, the variables know more: the body may have changed them since.
    return if (reactor === context[ContextVariables]?.reactor) null else ReactorContexts.variables(reactor)
}

/** Makes a context current while its coroutine runs. */
@OptIn(DelicateCoroutinesApi::class, ExperimentalCoroutinesApi::class)
private class ContextVariables(
    private val variables: Context,
    /** What the variables said of Reactor's Context when this was made. */
    val reactor: CoroutineContext.Element? = null,
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

    override fun copyForChild() = ContextVariables(variables.copy(), reactor)

    override fun mergeForChild(overwritingElement: CoroutineContext.Element) = overwritingElement

    companion object Key : CoroutineContext.Key<ContextVariables>
}
