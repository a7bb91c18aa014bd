package io.corobridge.kotlin

import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executors
import java.util.concurrent.Future

/** Two threads that meet, again and again, each time with another lead. */
internal class Race : AutoCloseable {
    private val threads = Executors.newFixedThreadPool(2) { task -> Thread(task).apply { isDaemon = true } }
    private val meeting = CyclicBarrier(2)

    /** Runs both at once; the first is so many turns ahead, or behind when that is negative. Raises what one of them raised. */
    fun run(
        ahead: Int,
        one: () -> Unit,
        other: () -> Unit,
    ) {
        val first = threads.submit { meet(-ahead, one) }
        val second = threads.submit { meet(ahead, other) }
        listOf<Future<*>>(first, second).forEach { it.get() }
    }

    private fun meet(
        turns: Int,
        action: () -> Unit,
    ) {
        meeting.await()
        repeat(turns) { Thread.onSpinWait() }
        action()
    }

    override fun close() {
        threads.shutdownNow()
    }
}
