package io.corobridge.kotlin

import io.corobridge.AsyncGenerator
import io.corobridge.AsyncGeneratorState
import io.corobridge.Context
import io.corobridge.ContextVar
import io.corobridge.Coroutine
import io.corobridge.StopAsyncIteration
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import kotlin.coroutines.CoroutineContext

/** Loops over async iterables in coroutines that are no bodies: one driver takes all their steps. */
class LoopTest {
    private val log = mutableListOf<Any?>()

    /** Runs tasks in place, and counts them. */
    private class Counting : CoroutineDispatcher() {
        var dispatched = 0

        override fun dispatch(
            context: CoroutineContext,
            block: Runnable,
        ) {
            dispatched++
            block.run()
        }
    }

    /** Awaits the source between any two elements. */
    private fun slow(
        source: Source,
        count: Int = Int.MAX_VALUE,
    ): AsyncGenerator<Any?, Any?> =
        asyncGenerator {
            try {
                repeat(count) { yield(source.await()) }
            } finally {
                delay(1)
                log += "closed"
            }
        }

    @Test
    fun elementsThatComeAtOnceAreNotDispatched() =
        runTest {
            val dispatcher = Counting()
            val numbers = asyncGenerator<Int, Any?> { repeat(100) { yield(it) } }
            withContext(dispatcher) {
                val before = dispatcher.dispatched
                for (number in numbers) {
                    log += number
                }
                assertThat(dispatcher.dispatched).isEqualTo(before)
            }
            assertThat(log).hasSize(100)
        }

    @Test
    fun eachElementMayBeWaitedFor() =
        runTest {
            for (collect in listOf<suspend (AsyncGenerator<Any?, Any?>) -> Unit>(
                { it.asFlow().collect { element -> log += element } },
                {
                    for (element in it) {
                        log += element
                    }
                },
            )) {
                log.clear()
                val source = Source()
                val job = launch { collect(slow(source, 3)) }
                repeat(3) {
                    testScheduler.runCurrent()
                    source.complete(it)
                }
                job.join()
                assertThat(log).containsExactly(0, 1, 2, "closed")
            }
        }

    @Test
    fun aCancelInALaterStepClosesItAndWaits() =
        runTest {
            val source = Source()
            val generator = slow(source)
            val job =
                launch {
                    try {
                        for (element in generator) {
                            log += element
                        }
                    } catch (e: CancellationException) {
                        log += "cancelled"
                        throw e
                    }
                }
            testScheduler.runCurrent()
            source.complete(1)
            testScheduler.runCurrent()
            job.cancelAndJoin()
            assertThat(source.cancels).isOne()
            assertThat(log).containsExactly(1, "closed", "cancelled")
            assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED)
        }

    @Test
    fun aCollectorThatIsCancelledBetweenTwoStepsTakesNoOther() =
        runTest {
            val source = Source()
            val generator = slow(source)
            val job =
                launch {
                    generator.asFlow().collect {
                        log += it
                        // The handler of the step before is still there.
                        currentCoroutineContext().cancel()
                    }
                }
            testScheduler.runCurrent()
            source.complete(1)
            job.join()
            assertThat(job.isCancelled).isTrue()
            assertThat(source.isWaiting).isFalse()
            assertThat(log).containsExactly(1, "closed")
        }

    @Test
    fun anElementOfAStepThatHasCancelledTheLoopIsDiscarded() =
        runTest {
            val discarded = mutableListOf<Any>()
            val job =
                launch(DiscardHook { discarded += it }) {
                    val loop = currentCoroutineContext().job
                    val generator =
                        asyncGenerator<String, Any?> {
                            yield("first")
                            loop.cancel()
                            yield("second")
                        }
                    generator.asFlow().collect { log += it }
                }
            job.join()
            assertThat(log).containsExactly("first")
            assertThat(discarded).containsExactly("second")
        }

    @Test
    fun aLoopGoesOnInAnotherContext() =
        runTest {
            val source = Source()
            val generator = slow(source)
            val elements = generator.iterator()
            val job =
                launch {
                    assertThat(elements.hasNext()).isTrue()
                    log += elements.next()
                    try {
                        delay(Long.MAX_VALUE)
                    } finally {
                        withContext(NonCancellable) {
                            assertThat(elements.hasNext()).isTrue()
                            log += elements.next()
                        }
                    }
                }
            testScheduler.runCurrent()
            source.complete(1)
            testScheduler.runCurrent()
            job.cancel()
            testScheduler.runCurrent()
            source.complete(2)
            job.join()
            assertThat(log).containsExactly(1, 2)
            launch { log += elements.hasNext() }
            testScheduler.runCurrent()
            source.complete(3)
            testScheduler.runCurrent()
            assertThat(log).containsExactly(1, 2, true)
            assertThat(elements.next()).isEqualTo(3)
            generator.aclose().await()
        }

    @Test
    fun allStepsOfALoopSeeOneCopyOfTheContextVariables() =
        runTest {
            val user = ContextVar.of<String?>("user", null)
            val names =
                asyncGenerator<String?, Any?> {
                    yield(user.get())
                    user.set("bob")
                    yield(user.get())
                    delay(1)
                    yield(user.get())
                }
            val ann = Context().also { it.run { user.set("ann") } }
            withContext(ann.asContextElement()) {
                assertThat(names.asFlow().toList()).containsExactly("ann", "bob", "bob")
                assertThat(user.get()).isEqualTo("ann")
            }
        }

    @Test
    fun whatALoopHasSetIsResetWhenItIsClosed() =
        runTest {
            val user = ContextVar.of<String?>("user", null)
            val generator =
                asyncGenerator<String?, Any?> {
                    val token = user.set("ann")
                    try {
                        yield(user.get())
                    } finally {
                        // A ValueError in another context.
                        user.reset(token)
                        log += user.get()
                    }
                }
            assertThat(generator.asFlow().first()).isEqualTo("ann")
            assertThat(log).containsExactly(null as Any?)
        }

    @Test
    fun nullsAreAmongElementsThatWereFetchedAhead() =
        runTest {
            val expected = listOf(1, null, null, 2, null)
            val source = expected.asFlow().asAsyncIterable(prefetch = 2)
            val loop: suspend () -> List<Int?> = {
                val seen = mutableListOf<Int?>()
                for (element in source) {
                    seen += element
                }
                seen
            }
            assertThat(loop()).isEqualTo(expected)
            assertThat(coroutine(body = loop).await()).isEqualTo(expected)
            assertThat(source.asFlow().toList()).isEqualTo(expected)
            val inJava = Coroutine.of { co -> co.each(source).toList() }
            assertThat(inJava.await()).isEqualTo(expected)
        }

    @Test
    fun theEndIsNotTakenForTheCollectors() =
        runTest {
            val stop = StopAsyncIteration()
            val numbers = asyncGenerator<Int, Any?> { yield(1) }
            assertThat(raised { numbers.asFlow().collect { throw stop } }).isSameAs(stop)
        }

    @Test
    fun aLoopThatHasEndedStaysEnded() =
        runTest {
            val elements = asyncGenerator<Int, Any?> { yield(1) }.iterator()
            assertThat(raised { elements.next() }).isInstanceOf(NoSuchElementException::class.java)
            assertThat(elements.hasNext()).isTrue()
            assertThat(elements.hasNext()).isTrue()
            assertThat(elements.next()).isOne()
            assertThat(elements.hasNext()).isFalse()
            assertThat(elements.hasNext()).isFalse()
        }
}
