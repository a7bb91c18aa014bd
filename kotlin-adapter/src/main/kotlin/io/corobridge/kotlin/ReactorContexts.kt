package io.corobridge.kotlin

import io.corobridge.Context
import io.corobridge.streams.PublisherSupport
import kotlinx.coroutines.reactor.ReactorContext
import kotlin.coroutines.CoroutineContext
import reactor.util.context.Context as Reactor

/**
 * Reactor's Context, where both kotlinx-coroutines-reactor and the Reactor adapter are present: the former's [ReactorContext] in
 * coroutine contexts, in the protocol's bodies the latter's.
 */
internal object ReactorContexts {
    private val isPresent: Boolean =
        try {
            Class.forName("kotlinx.coroutines.reactor.ReactorContext", false, ReactorContexts::class.java.classLoader)
            PublisherSupport.present().isNotEmpty()
        } catch (_: ClassNotFoundException) {
            false
        } catch (_: LinkageError) {
            false
        }

    /** The element of a coroutine context. */
    fun elementOf(context: CoroutineContext): CoroutineContext.Element? =
        if (isPresent) Present.elementOf(context) else null

    /** The Context of the running body as an element; the one that is known when it says the same. */
    fun current(known: CoroutineContext): CoroutineContext.Element? = if (isPresent) Present.current(known) else null

    /** Context variables with what the element says; null when the current ones will do. */
    fun variables(element: CoroutineContext.Element): Context? = Present.variables(element)

    /** Loaded only where both are. */
    private object Present {
        private val supports = PublisherSupport.present()

        fun elementOf(context: CoroutineContext): CoroutineContext.Element? = context[ReactorContext]

        fun current(known: CoroutineContext): CoroutineContext.Element? {
            val current = supports.firstNotNullOfOrNull { it.context() as? Reactor } ?: return null
            return known[ReactorContext]?.takeIf { it.context === current } ?: ReactorContext(current)
        }

        fun variables(element: CoroutineContext.Element): Context? =
            supports.firstNotNullOfOrNull { it.variables((element as ReactorContext).context) }
    }
}
