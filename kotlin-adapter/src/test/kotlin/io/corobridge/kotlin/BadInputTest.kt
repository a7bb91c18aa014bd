package io.corobridge.kotlin

import io.corobridge.AsyncIterable
import io.corobridge.AsyncIterator
import io.corobridge.GeneratorExit
import io.corobridge.RuntimeError
import io.corobridge.TypeError
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.reactor.asCoroutineDispatcher
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import reactor.core.publisher.Mono
import reactor.core.scheduler.Schedulers

/** What must not be passed or done: a clear error on the right channel, nothing hung and nothing left open. */
class BadInputTest {
    private val log = mutableListOf<Any?>()

    /** As from Java. */
    @Suppress("UNCHECKED_CAST")
    private fun <T> none(): T = null as T

    @Test
    fun missingIteratorsAndStepsAreTypeErrorsOfTheLoop() =
        runTest {
            val noIterator = AsyncIterable<Int> { none() }
            val noStep = AsyncIterable<Int> { AsyncIterator<Int> { none() } }
            for (collect in listOf<suspend (AsyncIterable<Int>) -> Unit>(
                {
                    for (element in it) {
                        log += element
                    }
                },
                { it.asFlow().collect() },
            )) {
                for (inBody in listOf(true, false)) {
                    val caught =
                        listOf(
                            noIterator,
                            noStep,
                        ).map { raised { if (inBody) coroutine { collect(it) }.await() else collect(it) } }
                    assertThat(caught).allMatch { it is TypeError }
                    assertThat(caught[0]).hasMessage(
                        "'async for' received an object from __aiter__ that does not implement __anext__: NoneType",
                    )
                    assertThat(caught[1]).hasMessage("'async for' received an invalid object from __anext__: NoneType")
                }
            }
        }

    @Test
    fun aDeferredThatNeverCompletesIsLeftByCancel() {
        val never = CompletableDeferred<Int>()
        val left = Recorder(coroutine { never.asAwaitable().await() }).start()
        left.cancel()
        left.tells("cancelled null null")
        assertThat(never.isActive).isTrue()
        val waiting = Recorder(coroutine { never.asAwaitable().await() }).start()
        val mine = CancellationException("mine")
        never.cancel(mine)
        waiting.tells("raised CancellationException: mine")
        assertThat(waiting.error).isSameAs(mine)
    }

    @Test
    fun aFlowThatEmitsFromAnotherContextFailsTheStep() =
        runTest {
            val wrong: Flow<Int> = flow { withContext(Dispatchers.Default) { emit(1) } }
            for (iterable in listOf(wrong.asAsyncIterable(), wrong.asAsyncGenerator())) {
                val error = raised { iterable.asFlow().toList() }
                assertThat(
                    error,
                ).isInstanceOf(IllegalStateException::class.java).hasMessageContaining("Flow invariant is violated")
            }
        }

    @Test
    fun aCoroutineThatWasSteppedIsAnErrorForWhoAwaitsIt() =
        runTest {
            val never = CompletableDeferred<Int>()
            val stepped = coroutine { never.await() }
            stepped.send(null)
            val error = raised { stepped.await() }
            assertThat(error).isInstanceOf(RuntimeError::class.java).hasMessage("coroutine is being awaited already")
            stepped.close()
        }

    @Test
    fun aBodyThatBlocksWhereItMayNotIsTold() =
        runTest {
            val scheduler = Schedulers.newParallel("no-blocking", 1)
            try {
                withContext(scheduler.asCoroutineDispatcher()) {
                    val error = raised { coroutine { Mono.never<Int>().block() }.await() }
                    assertThat(error).isInstanceOf(IllegalStateException::class.java).hasMessageContaining("blocking")
                }
            } finally {
                scheduler.dispose()
            }
        }

    @Test
    fun anAsyncGeneratorThatYieldsInReplyToItsCloseIsAnErrorOfTheCollector() =
        runTest {
            val stubborn =
                asyncGenerator<Int, Any?> {
                    try {
                        yield(1)
                    } catch (e: GeneratorExit) {
                        yield(2)
                    }
                }
            val error = raised { stubborn.asFlow().first() }
            assertThat(error).isInstanceOf(RuntimeError::class.java).hasMessage("async generator ignored GeneratorExit")
        }

    @Test
    fun aCoroutineThatAwaitsOnInReplyToItsCloseIsDrivenToItsEnd() {
        val first = Source()
        val second = Source()
        val recorder =
            Recorder(
                coroutine {
                    try {
                        first.await()
                    } catch (e: GeneratorExit) {
                        second.await()
                    }
                },
            ).start()
        recorder.cancel()
        recorder.tells()
        second.complete(7)
        recorder.tells("cancelled 7 null")
    }
}
