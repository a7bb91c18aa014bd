package io.corobridge.kotlin

import io.corobridge.AsyncGenerator
import io.corobridge.AsyncGeneratorState
import io.corobridge.AsyncIterable
import io.corobridge.Coroutine
import io.corobridge.GeneratorExit
import io.corobridge.RuntimeError
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.count
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onCompletion
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Flow and Channel to and from async iterables. */
class FlowTest {
    private val log = mutableListOf<Any?>()

    private fun numbers(count: Int = Int.MAX_VALUE): AsyncGenerator<Int, Any?> =
        asyncGenerator {
            try {
                for (i in 0 until count) {
                    log += "yields $i"
                    yield(i)
                }
            } finally {
                delay(1)
                log += "closed"
            }
        }

    @Test
    fun aFlowTakesOneStepForEachElement() =
        runTest {
            numbers(2).asFlow().collect { log += "got $it" }
            assertThat(log).containsExactly("yields 0", "got 0", "yields 1", "got 1", "closed")
        }

    @Test
    fun takeClosesTheGeneratorAndWaits() =
        runTest {
            val generator = numbers()
            assertThat(generator.asFlow().take(2).toList()).containsExactly(0, 1)
            assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED)
            assertThat(log).containsExactly("yields 0", "yields 1", "closed")
            log.clear()
            assertThat(numbers().asFlow().first()).isZero()
            assertThat(log).containsExactly("yields 0", "closed")
        }

    @Test
    fun everyCollectionIsANewRunOfTheSameBody() =
        runTest {
            val flow = numbers(3).asFlow()
            assertThat(flow.toList()).containsExactly(0, 1, 2)
            assertThat(flow.toList()).containsExactly(0, 1, 2)
            val started = numbers(3)
            started.anext().await()
            assertThat(raised { started.asFlow().collect() }).isInstanceOf(RuntimeError::class.java)
        }

    @Test
    fun nullsAreElements() =
        runTest {
            val nulls = asyncGenerator<Int?, Any?> { repeat(2) { yield(null) } }
            assertThat(nulls.asFlow().toList()).containsExactly(null, null)
            assertThat(elements(flowOf(null, 1).asAsyncIterable())).containsExactly(null, 1)
            assertThat(elements(flowOf(null, 1).asAsyncGenerator())).containsExactly(null, 1)
        }

    @Test
    fun catchSeesTheSameInstanceOfTheGeneratorOnly() =
        runTest {
            val oops = Oops("upstream")
            val failing =
                asyncGenerator<Int, Any?> {
                    yield(1)
                    throw oops
                }
            assertThat(failing.asFlow().catch { log += it }.toList()).containsExactly(1)
            assertThat(log.single()).isSameAs(oops)

            log.clear()
            val downstream = Oops("downstream")
            val raised = raised { numbers().asFlow().catch { log += it }.collect { throw downstream } }
            assertThat(raised).isSameAs(downstream)
            assertThat(log).containsExactly("yields 0", "closed")
        }

    @Test
    fun flowOnMovesTheGeneratorAndBufferLetsItRunAhead() =
        runBlocking<Unit> {
            val threads =
                asyncGenerator<String?, Any?> {
                    yield(Thread.currentThread().name)
                    delay(1)
                    yield(Thread.currentThread().name)
                    yield(currentCoroutineContext()[CoroutineName]?.name)
                }
            val seen = threads.asFlow().flowOn(Dispatchers.Default + CoroutineName("up")).toList()
            assertThat(seen).hasSize(3)
            assertThat(seen.take(2)).allSatisfy { assertThat(it).contains("DefaultDispatcher") }
            assertThat(seen[2]).isEqualTo("up")
            assertThat(
                numbers(100)
                    .asFlow()
                    .buffer(10)
                    .map { it }
                    .count(),
            ).isEqualTo(100)
        }

    @Test
    fun cancellingTheCollectorClosesTheStepThatIsUnderWay() =
        runTest {
            val source = Source()
            val generator =
                asyncGenerator<Any?, Any?> {
                    try {
                        yield(source.await())
                    } finally {
                        delay(100)
                        log += "closed"
                    }
                }
            val job = launch { generator.asFlow().collect() }
            testScheduler.runCurrent()
            job.cancelAndJoin()
            assertThat(source.cancels).isOne()
            assertThat(log).containsExactly("closed")
        }

    @Test
    fun aFailureOfTheCleanUpIsRaisedByCollect() =
        runTest {
            val oops = Oops("clean-up")
            val generator =
                asyncGenerator<Int, Any?> {
                    try {
                        yield(1)
                    } finally {
                        throw oops
                    }
                }
            assertThat(raised { generator.asFlow().collect { throw Oops("first") } }).isSameAs(oops)
        }

    @Test
    fun aFlowIsCollectedNoFurtherThanThePrefetch() =
        runTest {
            val flow = flow { repeat(100) { emit(it.also { log += it }) } }
            val iterator = flow.asAsyncIterable(prefetch = 4).aiter()
            // Four wait, and one is at its emit.
            assertThat(log).containsExactly(0, 1, 2, 3, 4)
            assertThat(iterator.anext().await()).isZero()
            assertThat(log).containsExactly(0, 1, 2, 3, 4, 5)
            (iterator as AutoCloseable).close()
        }

    @Test
    fun anAsyncGeneratorOfAFlowCollectsNothingAhead() =
        runTest {
            val flow =
                flow {
                    try {
                        repeat(3) { emit(it.also { log += it }) }
                    } finally {
                        delay(1)
                        log += "closed"
                    }
                }
            val generator = flow.asAsyncGenerator()
            assertThat(generator.anext().await()).isZero()
            assertThat(log).containsExactly(0)
            generator.aclose().await()
            assertThat(log).containsExactly(0, "closed")
        }

    @Test
    fun whatIsThrownIntoAFlowIsRaisedAtItsEmit() =
        runTest {
            val oops = Oops("thrown in")
            val flow =
                flow {
                    try {
                        emit(1)
                    } catch (e: Oops) {
                        log += e
                        throw e
                    }
                }
            val generator = flow.asAsyncGenerator()
            generator.anext().await()
            assertThat(raised { generator.athrow(oops).await() }).isSameAs(oops)
            assertThat(log.single()).isSameAs(oops)
        }

    @Test
    fun aJavaLoopThatEndsEarlyEndsTheCollection() =
        runTest {
            val discarded = mutableListOf<Any>()
            val flow = flow { repeat(100) { emit(it) } }.onCompletion { log += it }
            val iterable = flow.asAsyncIterable(prefetch = 3, DiscardHook { discarded += it })
            val first =
                Coroutine.of { co ->
                    for (x in co.each(iterable)) {
                        return@of x
                    }
                    null
                }
            assertThat(first.await()).isEqualTo(0)
            assertThat(log.single()).isInstanceOf(CancellationException::class.java)
            assertThat(discarded).containsExactlyInAnyOrder(1, 2, 3, 4)
        }

    @Test
    fun aKotlinLoopThatEndsEarlyEndsTheCollectionWithItsCoroutine() =
        runTest {
            val flow = flow { repeat(100) { emit(it) } }.onCompletion { log += "completed" }
            launch {
                for (x in flow.asAsyncIterable(prefetch = 3)) {
                    break
                }
                log += "left"
            }.join()
            assertThat(log).containsExactly("left", "completed")
            log.clear()
            coroutine {
                for (x in flow.asAsyncIterable(prefetch = 3)) {
                    break
                }
                log += "left"
            }.await()
            assertThat(log).containsExactly("left", "completed")
        }

    @Test
    fun whatAFlowRaisesComesAfterItsElements() =
        runTest {
            val oops = Oops("oops")
            val iterator =
                flow {
                    emit(1)
                    throw oops
                }.asAsyncIterable().aiter()
            assertThat(iterator.anext().await()).isEqualTo(1)
            assertThat(raised { iterator.anext().await() }).isSameAs(oops)
        }

    @Test
    fun aCancellationOfTheFlowsOwnIsRaised() =
        runTest {
            val mine = CancellationException("mine")
            val flow = flow<Int> { throw mine }
            assertThat(
                raised {
                    flow
                        .asAsyncIterable()
                        .aiter()
                        .anext()
                        .await()
                },
            ).isSameAs(mine)
            assertThat(raised { flow.asAsyncGenerator().anext().await() }).isSameAs(mine)
        }

    @Test
    fun nothingThatASharedFlowEmitsAfterAiterIsMissed() =
        runTest {
            val shared = MutableSharedFlow<Int>()
            val iterator = shared.asAsyncIterable().aiter()
            assertThat(shared.subscriptionCount.value).isOne()
            shared.emit(1)
            shared.emit(2)
            assertThat(iterator.anext().await()).isEqualTo(1)
            assertThat(iterator.anext().await()).isEqualTo(2)
            (iterator as AutoCloseable).close()
            assertThat(shared.subscriptionCount.value).isZero()

            val state = MutableStateFlow("a")
            val states = state.asAsyncGenerator()
            assertThat(states.anext().await()).isEqualTo("a")
            val next = launch { log += states.anext().await() }
            testScheduler.runCurrent()
            state.value = "b"
            next.join()
            assertThat(log).containsExactly("b")
            states.aclose().await()
            assertThat(state.subscriptionCount.value).isZero()
        }

    @Test
    fun aChannelIsSharedByItsLoops() =
        runTest {
            val channel = Channel<Int?>(10)
            val iterable = channel.asAsyncIterable()
            channel.send(1)
            channel.send(null)
            assertThat(iterable.aiter().anext().await()).isEqualTo(1)
            assertThat(iterable.aiter().anext().await()).isNull()
            launch { channel.send(3) }
            assertThat(iterable.aiter().anext().await()).isEqualTo(3)
            val oops = Oops("closed")
            channel.close(oops)
            assertThat(raised { iterable.aiter().anext().await() }).isSameAs(oops)
        }

    @Test
    fun aStepThatIsGivenUpTakesNothingFromAChannel() =
        runTest {
            val channel = Channel<Int>()
            val iterator = channel.asAsyncIterable().aiter()
            val job = launch { iterator.anext().await() }
            testScheduler.runCurrent()
            job.cancelAndJoin()
            launch { channel.send(1) }
            assertThat(iterator.anext().await()).isEqualTo(1)
        }

    @Test
    fun producesIntoAChannel() =
        runTest {
            val channel = numbers().produceIn(this, capacity = 2)
            assertThat(channel.receive()).isZero()
            assertThat(channel.receive()).isEqualTo(1)
            channel.cancel()
            testScheduler.advanceUntilIdle()
            assertThat(log.last()).isEqualTo("closed")
        }

    @Test
    fun aMillionElementsThereAndBack() =
        runTest {
            val million = flow { repeat(1_000_000) { emit(it) } }
            assertThat(million.asAsyncGenerator().asFlow().sum()).isEqualTo(499_999_500_000)
            assertThat(million.asAsyncIterable().asFlow().sum()).isEqualTo(499_999_500_000)
        }

    private suspend fun kotlinx.coroutines.flow.Flow<Int>.sum(): Long {
        var sum = 0L
        collect { sum += it }
        return sum
    }

    @Test
    fun refusesBadInput() {
        assertThat(raised { flowOf(1).asAsyncIterable(prefetch = 0) })
            .isInstanceOf(IllegalArgumentException::class.java)
            .hasMessage("prefetch must be at least 1, but is 0")
        assertThat(raised { flowOf(1).asAsyncIterable(context = Job()) })
            .isInstanceOf(IllegalArgumentException::class.java)
    }

    private suspend fun <T> elements(iterable: AsyncIterable<T>): List<T> {
        val elements = mutableListOf<T>()
        for (x in iterable) {
            elements += x
        }
        return elements
    }
}
