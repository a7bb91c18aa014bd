package io.corobridge.kotlin

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.lang.ref.WeakReference
import java.util.concurrent.atomic.AtomicInteger

/** Ten thousand runs that are cancelled or left leave no job, no subscription, no running body, and nothing reachable. */
@Timeout(300)
class LeakTest {
    private val open = AtomicInteger()
    private val source = MutableSharedFlow<Any>()
    private val scope = CoroutineScope(Dispatchers.Unconfined + Job())
    private val captured = mutableListOf<WeakReference<Any>>()

    /** Until it is cancelled, with this resource. */
    private fun waiting(resource: Any) =
        coroutine {
            open.incrementAndGet()
            try {
                source.first() to resource
            } finally {
                open.decrementAndGet()
            }
        }

    private fun endless(resource: Any) =
        asyncGenerator<Any, Any?> {
            open.incrementAndGet()
            try {
                while (true) {
                    // In an event loop, the step has to be waited for.
                    coroutineScope { launch {} }
                    yield(resource)
                }
            } finally {
                open.decrementAndGet()
            }
        }

    private inline fun runs(run: (Any) -> Unit) =
        repeat(RUNS) {
            val resource = Any()
            captured += WeakReference(resource)
            run(resource)
        }

    @Test
    fun ofCoroutinesThatAreAwaited() {
        runs { resource -> scope.launch { waiting(resource).await() }.cancel() }
        assertNothingIsLeft()
    }

    @Test
    fun ofBodiesThatOthersDrive() {
        runs { resource -> Recorder(waiting(resource)).start().cancel() }
        assertNothingIsLeft()
    }

    @Test
    fun ofDeferredsThatAreAwaited() {
        val shared = waiting(Any()).asDeferred(scope, start = CoroutineStart.UNDISPATCHED)
        runs { resource -> Recorder(coroutine { shared.asAwaitable().await() to resource }).start().cancel() }
        assertCollected()
        shared.cancel()
        assertNothingIsLeft()
    }

    /** In one coroutine that goes on, and with one that is cancelled in each. */
    @Test
    fun ofLoopsThatAreLeft() =
        runBlocking {
            runs { resource ->
                for (element in endless(resource)) {
                    assertThat(element).isSameAs(resource)
                    break
                }
            }
            assertCollected()
            assertThat(coroutineContext.job.children.toList()).isEmpty()
        }

    @Test
    fun ofFlowsThatAreLeft() {
        runBlocking {
            runs { resource -> assertThat(endless(resource).asFlow().first()).isSameAs(resource) }
        }
        assertNothingIsLeft()
    }

    @Test
    fun ofFlowsThatAreCollectedAhead() {
        runs { resource ->
            scope
                .launch {
                    for (element in source.asAsyncIterable()) {
                        check(element !== resource)
                    }
                }.cancel()
        }
        assertNothingIsLeft()
    }

    private fun assertNothingIsLeft() {
        assertThat(open).hasValue(0)
        assertThat(source.subscriptionCount.value).isZero()
        assertThat(
            scope.coroutineContext.job.children
                .toList(),
        ).isEmpty()
        assertCollected()
    }

    /** Ends when everything is collected; the time-out of the test is for a leak. The last run's may still be on a stack. */
    private fun assertCollected() {
        while (captured.size > 10) {
            System.gc()
            captured.removeIf { it.get() == null }
            check(!Thread.interrupted()) { "still not collected" }
            Thread.onSpinWait()
        }
    }

    private companion object {
        const val RUNS = 10_000
    }
}
