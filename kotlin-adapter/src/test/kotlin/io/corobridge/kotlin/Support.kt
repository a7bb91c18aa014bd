package io.corobridge.kotlin

import io.corobridge.Awaitable
import io.corobridge.Awaitables
import io.corobridge.Completion
import io.corobridge.drive.Driver
import io.corobridge.drive.Host
import org.assertj.core.api.Assertions.assertThat
import java.util.concurrent.CopyOnWriteArrayList

/** An exception with nothing special, by which identity is checked. */
internal class Oops(
    message: String? = null,
) : RuntimeException(message)

/** What a body raises, and nothing else. */
internal inline fun raised(block: () -> Unit): Throwable {
    try {
        block()
    } catch (e: Throwable) {
        return e
    }
    throw AssertionError("nothing was raised")
}

/** An awaitable that is completed by hand, once per await; counts what was done with it. */
internal class Source : Awaitable<Any?> {
    @Volatile
    private var waiting: Completion.Cancellable<Any?>? = null

    @Volatile
    var cancels = 0
        private set

    private val awaitable: Awaitable<Any?> =
        Awaitables.create { started: Completion.Cancellable<Any?> ->
            started.onCancel { cancels++ }
            waiting = started
        }

    override fun awaitIterator() = awaitable.awaitIterator()

    val isWaiting: Boolean
        get() = waiting != null

    fun complete(value: Any?) = taken().complete(value)

    fun fail(error: Throwable) = taken().fail(error)

    private fun taken(): Completion.Cancellable<Any?> {
        val taken = checkNotNull(waiting) { "nobody waits" }
        waiting = null
        return taken
    }
}

/** Drives an awaitable without Kotlin, as the adapters for Reactor and RxJava do, and writes down what it is told. */
internal class Recorder(
    awaitable: Awaitable<*>,
) : Host<Any?> {
    val told = CopyOnWriteArrayList<String>()

    @Volatile
    var error: Throwable? = null
        private set

    private val driver: Driver<Any?> = Driver.of<Any?>(awaitable, this)

    fun start() = apply { driver.start() }

    fun cancel() = driver.cancel()

    override fun returned(result: Any?) {
        told += "returned $result"
    }

    override fun raised(error: Throwable) {
        this.error = error
        told += "raised ${shown(error)}"
    }

    override fun cancelled(
        result: Any?,
        error: Throwable?,
    ) {
        this.error = error
        told += "cancelled $result ${error?.let { shown(it) }}"
    }

    fun tells(vararg expected: String) {
        assertThat(told).containsExactly(*expected)
    }

    private fun shown(error: Throwable) = error.javaClass.simpleName + (error.message?.let { ": $it" } ?: "")
}
