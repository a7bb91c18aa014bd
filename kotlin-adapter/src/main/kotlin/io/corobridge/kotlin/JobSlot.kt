package io.corobridge.kotlin

import kotlinx.coroutines.CompletableJob
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.CoroutineContext.Element
import kotlin.coroutines.CoroutineContext.Key
import kotlin.coroutines.EmptyCoroutineContext

/**
 * The Job in a body's context, which can be replaced: what the body calls is cancelled by cancelling that Job, and yet the body's
 * clean-up may suspend afterwards, as in Python. Made only when somebody asks for it.
 *
 * A context that is derived with another Job, such as that of a `coroutineScope`, does not contain it.
 */
internal class JobSlot : Element {
    /** Written under this object's monitor; a coroutine that the body has launched may read it from any thread. */
    @Volatile
    private var job: CompletableJob? = null

    override val key: Key<*>
        get() = Job

    @Suppress("UNCHECKED_CAST")
    override fun <E : Element> get(key: Key<E>): E? =
        when (key) {
            Job -> current() as E
            Slot -> this as E
            else -> null
        }

    override fun minusKey(key: Key<*>): CoroutineContext =
        if (key === Job || key === Slot) EmptyCoroutineContext else this

    private fun current(): Job = job ?: synchronized(this) { job ?: SupervisorJob().also { job = it } }

    /** Cancels what the body waits for. */
    fun cancel() {
        job?.cancel()
    }

    /** From now on the body may wait again. */
    fun renew() {
        synchronized(this) { job = null }
    }

    companion object Slot : Key<JobSlot>
}
