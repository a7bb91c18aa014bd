package io.corobridge.kotlin

import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.CoroutineContext.Element
import kotlin.coroutines.CoroutineContext.Key
import kotlin.coroutines.EmptyCoroutineContext

/**
 * Where a body's context has its Job, which can be replaced: what the body calls is cancelled through that Job, and yet the body's
 * clean-up may suspend afterwards, as in Python. State machines keep the context that they began in, so the context has to change
 * underneath. The Job is made when somebody asks for it.
 *
 * It has to stand first in the context: only there does a context ask it what to show. A context that is derived with another
 * Job, such as that of a `coroutineScope`, does not contain it.
 */
internal class JobSlot : Element {
    /** Written under this object's monitor; a coroutine that the body has launched may read it from any thread. */
    @Volatile
    private var known: Job? = null

    private val job: Job
        get() = known ?: synchronized(this) { known ?: SupervisorJob().also { known = it } }

    /** Cancels what the body waits for. */
    fun cancel() {
        known?.cancel()
    }

    /** From now on the body may wait again. */
    fun renew() {
        synchronized(this) { known = null }
    }

    override val key: Key<*>
        get() = Job

    @Suppress("UNCHECKED_CAST")
    override fun <E : Element> get(key: Key<E>): E? =
        when (key) {
            Job -> job as E
            Slot -> this as E
            else -> null
        }

    override fun <R> fold(
        initial: R,
        operation: (R, Element) -> R,
    ): R = operation(initial, job)

    override fun minusKey(key: Key<*>): CoroutineContext =
        if (key === Job || key === Slot) EmptyCoroutineContext else this

    /** Finds the slot itself. */
    companion object Slot : Key<JobSlot>
}
