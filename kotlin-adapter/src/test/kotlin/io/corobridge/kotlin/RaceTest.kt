package io.corobridge.kotlin

import io.corobridge.AsyncGenerator
import io.corobridge.AsyncGeneratorState
import io.corobridge.AwaitIterator
import io.corobridge.Awaitable
import io.corobridge.Awaitables
import io.corobridge.Completion
import io.corobridge.CoroutineState
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.consumeAsFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicReference
import kotlin.random.Random

/**
 * A cancel that comes at the same time as an outcome, from two threads: whatever comes first, the coroutine goes on once, after the
 * clean-up, and each value reaches it or the DiscardHook, once. On a dispatcher both come against the step that the outcome leads to.
 */
@Timeout(300)
class RaceTest {
    private val random = Random(20241109)
    private val race = Race()
    private val discarded = CopyOnWriteArrayList<Any?>()
    private val cleaned = AtomicInteger()

    @AfterEach
    fun stopThreads() = race.close()

    private fun rounds(round: (CoroutineDispatcher) -> Unit) =
        repeat(ROUNDS) {
            discarded.clear()
            cleaned.set(0)
            round(if (it % 2 == 0) Dispatchers.Unconfined else Dispatchers.Default)
        }

    private fun meet(
        outcome: () -> Unit,
        cancel: () -> Unit,
    ) = race.run(random.nextInt(-300, 300), outcome, cancel)

    /** A job that has come to its first suspension. */
    private fun begin(
        dispatcher: CoroutineDispatcher,
        block: suspend () -> Unit,
    ): Job =
        CoroutineScope(
            dispatcher + DiscardHook { discarded += it },
        ).launch(start = CoroutineStart.UNDISPATCHED) { block() }

    private fun end(job: Job) = runBlocking { job.join() }

    /** Awaited again and again; opened by hand. */
    private class Gate : Awaitable<Any?> {
        private val waiting = AtomicReference<Completion<Any?>>()

        override fun awaitIterator(): AwaitIterator<Any?> = Awaitables.create<Any?> { waiting.set(it) }.awaitIterator()

        fun open() {
            waiting.getAndSet(null)?.complete("open")
        }
    }

    /** In the body's `finally`; a cancel that comes only now is delivered there. */
    private suspend fun cleanUp() {
        try {
            Awaitables.create<Any?> { it.complete("flushed") }.await()
        } finally {
            cleaned.incrementAndGet()
        }
    }

    @Test
    fun ofAnAwait() =
        rounds { dispatcher ->
            val gate = Gate()
            val returned = CopyOnWriteArrayList<Any>()
            val delivered = CopyOnWriteArrayList<Any>()
            val coroutine =
                coroutine {
                    try {
                        gate.await()
                    } finally {
                        cleanUp()
                    }
                    "value".also { returned += it }
                }
            val job =
                begin(dispatcher) {
                    try {
                        delivered += coroutine.await()
                    } finally {
                        assertThat(cleaned).hasValue(1)
                    }
                }
            meet(gate::open, job::cancel)
            end(job)
            assertThat(delivered + discarded).isEqualTo(returned)
            assertThat(cleaned).hasValue(1)
            assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED)
        }

    private fun generator(
        gate: Gate,
        yielded: MutableList<Any?>,
    ): AsyncGenerator<Int, Any?> =
        asyncGenerator {
            try {
                repeat(4) {
                    if (it % 2 == 0) {
                        gate.await()
                    }
                    yielded += it
                    yield(it)
                }
            } finally {
                cleanUp()
            }
        }

    @Test
    fun ofALoop() =
        rounds { dispatcher ->
            val gate = Gate()
            val yielded = CopyOnWriteArrayList<Any?>()
            val seen = CopyOnWriteArrayList<Any?>()
            val generator = generator(gate, yielded)
            val job =
                begin(dispatcher) {
                    for (element in generator) {
                        seen += element
                    }
                }
            meet({ repeat(2) { gate.open() } }, job::cancel)
            end(job)
            assertThat(seen + discarded).isEqualTo(yielded)
            runBlocking { generator.aclose().await() }
            assertThat(cleaned).hasValue(1)
        }

    @Test
    fun ofACollection() =
        rounds { dispatcher ->
            val gate = Gate()
            val yielded = CopyOnWriteArrayList<Any?>()
            val seen = CopyOnWriteArrayList<Any?>()
            val generator = generator(gate, yielded)
            val job = begin(dispatcher) { generator.asFlow().collect { seen += it } }
            meet({ repeat(2) { gate.open() } }, job::cancel)
            end(job)
            // What is emitted by a coroutine that is cancelled, kotlinx drops by itself.
            assertThat(yielded.size - seen.size - discarded.size).isBetween(0, 1)
            assertThat(seen).isEqualTo(yielded.take(seen.size))
            assertThat(cleaned).hasValue(1)
            assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED)
        }

    @Test
    fun ofAFlowThatIsCollectedAhead() =
        rounds { dispatcher ->
            val channel = Channel<Int>(onUndeliveredElement = { discarded += it })
            val seen = CopyOnWriteArrayList<Any?>()
            val elements = channel.consumeAsFlow().asAsyncIterable(prefetch = 1, DiscardHook { discarded += it })
            val job =
                begin(dispatcher) {
                    for (element in elements) {
                        seen += element
                    }
                }
            // After the loop's own handler, which closes the collection.
            val closed = CountDownLatch(1)
            job.invokeOnCompletion { closed.countDown() }
            var sent = 0
            meet({ sent = (0 until 4).takeWhile { channel.trySend(it).isSuccess }.size }, job::cancel)
            closed.await()
            assertThat(seen).isEqualTo((0 until seen.size).toList())
            assertThat(seen + discarded).doesNotHaveDuplicates().hasSizeBetween(sent - 1, sent)
        }

    @Test
    fun ofASuspendFunctionInABody() = ofABodyThatAwaits { it.await() }

    @Test
    fun ofADeferredThatABodyAwaits() = ofABodyThatAwaits { it.asAwaitable().await() }

    private fun ofABodyThatAwaits(await: suspend (CompletableDeferred<String>) -> String) =
        rounds {
            val deferred = CompletableDeferred<String>()
            val coroutine =
                coroutine {
                    try {
                        await(deferred)
                    } finally {
                        cleanUp()
                    }
                }
            val recorder = Recorder(coroutine).start()
            meet({ deferred.complete("value") }, recorder::cancel)
            assertThat(recorder.told).hasSize(1).allMatch {
                it in
                    listOf("returned value", "cancelled value null", "cancelled null null")
            }
            assertThat(cleaned).hasValue(1)
            assertThat(it).isNotNull()
        }

    private companion object {
        const val ROUNDS = 2_000
    }
}
