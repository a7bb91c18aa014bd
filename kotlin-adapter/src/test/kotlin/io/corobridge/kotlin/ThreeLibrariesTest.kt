package io.corobridge.kotlin

import io.corobridge.AsyncGenerator
import io.corobridge.AsyncIterable
import io.corobridge.GeneratorExit
import io.corobridge.reactor.CoFlux
import io.corobridge.rxjava3.CoFlowable
import io.reactivex.rxjava3.core.Flowable
import io.reactivex.rxjava3.plugins.RxJavaPlugins
import io.reactivex.rxjava3.processors.PublishProcessor
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import reactor.core.publisher.Flux
import reactor.core.publisher.Hooks
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicLong

/**
 * RxJava to a coroutine stage, to Reactor, to another stage, to Kotlin: demand, cancellation and errors go through all of them,
 * and nothing goes to the hooks for what is dropped.
 */
@Timeout(300)
internal class ThreeLibrariesTest {
    private val log = CopyOnWriteArrayList<Any?>()
    private val dropped = CopyOnWriteArrayList<Throwable>()

    @BeforeEach
    fun listenToHooks() {
        RxJavaPlugins.setErrorHandler { dropped += it }
        Hooks.onErrorDropped { dropped += it }
    }

    @AfterEach
    fun hooksAreSilent() {
        RxJavaPlugins.reset()
        Hooks.resetOnErrorDropped()
        assertThat(dropped).isEmpty()
    }

    /** Passes elements on, one step for each. */
    private fun passing(
        name: String,
        source: AsyncIterable<Int>,
    ): AsyncGenerator<Int, Any?> =
        asyncGenerator {
            try {
                for (element in source) {
                    yield(element)
                }
            } catch (e: GeneratorExit) {
                log += "$name exits"
                throw e
            } finally {
                delay(1)
                log += "$name ends"
            }
        }

    private fun pipeline(
        source: Flowable<Int>,
        prefetch: Int = 64,
    ): Flow<Int> {
        val first = passing("first", CoFlowable.toAsyncIterable(source, prefetch) {})
        val flux = CoFlux.from(first).map { it + 1 }
        val second =
            passing(
                "second",
                CoFlux.toAsyncIterable(
                    flux,
                    prefetch,
                    reactor.util.context.Context
                        .empty(),
                ),
            )
        return second.asFlow().map { it - 1 }
    }

    @Test
    fun aMillionElements() {
        for (source in listOf(Flowable.range(0, MILLION), Flowable.range(0, MILLION).hide())) {
            var next = 0
            runBlocking { pipeline(source).collect { assertThat(it == next++).isTrue() } }
            assertThat(next).isEqualTo(MILLION)
        }
        assertThat(log).containsExactly("first ends", "second ends", "first ends", "second ends")
    }

    @Test
    fun demandOfTheCollectorReachesTheSource() {
        val emitted = AtomicLong()
        var furthest = 0L
        var consumed = 0L
        runBlocking {
            val source = Flowable.range(0, 1_000).hide().doOnNext { emitted.incrementAndGet() }
            pipeline(source, prefetch = 4).collect {
                consumed++
                furthest = maxOf(furthest, emitted.get() - consumed)
            }
        }
        assertThat(consumed).isEqualTo(1_000)
        // What either stage has fetched ahead.
        assertThat(furthest).isBetween(1, 8)
    }

    @Test
    fun collectorThatLeavesClosesBothStagesAndTheSource() {
        val source = Flowable.range(0, MILLION).hide().doOnCancel { log += "source cancelled" }
        val seen = runBlocking { pipeline(source).take(1_000).toList() }
        assertThat(seen).isEqualTo((0 until 1_000).toList())
        assertThat(log).contains("second exits", "second ends", "first exits")
        assertThat(log.indexOf("second ends")).isLessThan(log.indexOf("first exits"))
        // The first stage's clean-up takes its time; nobody waits for it but this test.
        while ("source cancelled" !in log) {
            Thread.onSpinWait()
        }
        assertThat(log.takeLast(2)).containsExactly("first ends", "source cancelled")
    }

    @Test
    fun collectorThatIsCancelledWhileItWaitsClosesBothStagesAndTheSource() {
        val source = PublishProcessor.create<Int>()
        runBlocking {
            val job =
                launch(Dispatchers.Unconfined, start = CoroutineStart.UNDISPATCHED) {
                    pipeline(source).collect { log += it }
                }
            source.onNext(1)
            source.onNext(2)
            assertThat(log).containsExactly(1, 2)
            job.cancelAndJoin()
        }
        while (source.hasSubscribers()) {
            Thread.onSpinWait()
        }
        assertThat(log).containsExactly(1, 2, "second exits", "second ends", "first exits", "first ends")
    }

    @Test
    fun errorInTheMiddleReachesTheCollectorAsTheSameInstance() {
        val oops = Oops("in the middle")
        val source = Flowable.range(0, 1_000).concatWith(Flowable.error(oops))
        for (failing in listOf(source, source.hide())) {
            val seen = mutableListOf<Int>()
            val raised = raised { runBlocking { pipeline(failing).collect { seen += it } } }
            assertThat(raised).isSameAs(oops)
            assertThat(seen).isEqualTo((0 until 1_000).toList())
        }
        assertThat(log).containsExactly("first ends", "second ends", "first ends", "second ends")
    }

    @Test
    fun errorOfTheCollectorClosesEverything() {
        val oops = Oops("collector")
        val source = PublishProcessor.create<Int>()
        runBlocking {
            val job =
                launch(Dispatchers.Unconfined, start = CoroutineStart.UNDISPATCHED) {
                    assertThat(raised { pipeline(source).collect { throw oops } }).isSameAs(oops)
                }
            source.onNext(1)
            job.join()
        }
        while (source.hasSubscribers()) {
            Thread.onSpinWait()
        }
        assertThat(log).containsExactly("second exits", "second ends", "first exits", "first ends")
    }

    @Test
    fun stagesThatAreOperatorsCarryTheSame() {
        val oops = Oops("in the middle")
        val source = Flowable.range(0, 500).concatWith(Flowable.error(oops))
        val first =
            source.compose(
                CoFlowable.stage<Int, Int> { co, elements ->
                    for (element in co.each(elements)) {
                        co.yield(2 * element)
                    }
                },
            )
        val second =
            Flux.from(first).transform(
                CoFlux.stage<Int, Int> { co, elements ->
                    for (element in co.each(elements)) {
                        co.yield(element / 2)
                    }
                },
            )
        val seen = mutableListOf<Int>()
        val raised = raised { runBlocking { CoFlux.toAsyncIterable(second).asFlow().collect { seen += it } } }
        assertThat(raised).isSameAs(oops)
        assertThat(seen).isEqualTo((0 until 500).toList())
        assertThat(
            runBlocking {
                CoFlux
                    .toAsyncIterable(second)
                    .asFlow()
                    .take(3)
                    .toList()
            },
        ).containsExactly(0, 1, 2)
    }

    @Test
    fun andBackAgain() {
        val flow = (0 until 10_000).asFlow()
        val flux = CoFlux.from(passing("first", flow.asAsyncIterable()))
        val flowable = CoFlowable.from(passing("second", CoFlux.toAsyncIterable(flux)))
        flowable
            .count()
            .test()
            .await()
            .assertResult(10_000L)
        flowable
            .take(3)
            .test()
            .await()
            .assertResult(0, 1, 2)
    }

    private companion object {
        const val MILLION = 1_000_000
    }
}
