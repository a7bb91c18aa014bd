package io.corobridge.kotlin

import io.corobridge.AsyncContextManager
import io.corobridge.Awaitable
import io.corobridge.Awaitables
import io.corobridge.CancelledError
import io.corobridge.Coroutine
import io.corobridge.CoroutineState
import io.corobridge.GeneratorExit
import io.corobridge.RuntimeError
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asContextElement
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executors

/** The protocol's objects in suspend functions that are no bodies of the protocol. */
class AwaitTest {
    private val log = mutableListOf<Any?>()
    private val source = Source()

    @Test
    fun theResultOfACoroutine() =
        runTest {
            assertThat(Coroutine.of { co -> "java" }.await()).isEqualTo("java")
            assertThat(Coroutine.of<String?> { null }.await()).isNull()
            Recorder(coroutine {}).start().tells("returned null")
        }

    @Test
    fun whatACoroutineRaisesIsTheSameInstanceAlsoAfterASuspension() =
        runTest {
            val oops = Oops("oops")
            assertThat(raised { coroutine<Unit> { throw oops }.await() }).isSameAs(oops)
            val waiting =
                coroutine<Unit> {
                    delay(10)
                    throw oops
                }
            assertThat(raised { waiting.await() }).isSameAs(oops)
            assertThat(oops.suppressed).isEmpty()
        }

    @Test
    fun aCancelledErrorOfItsOwnIsACancellation() =
        runTest {
            val own = CancelledError("mine")
            val raised = raised { coroutine<Unit> { throw own }.await() }
            assertThat(raised).isInstanceOf(CancellationException::class.java).hasMessage("mine").hasCause(own)
        }

    @Test
    fun aGeneratorExitThatNobodyAskedForIsAFailure() =
        runTest {
            val exit = GeneratorExit("mine")
            assertThat(raised { coroutine<Unit> { throw exit }.await() }).isSameAs(exit)
        }

    @Test
    fun aCoroutineIsAwaitedOnce() =
        runTest {
            val once = coroutine { 1 }
            once.await()
            assertThat(raised { once.await() })
                .isInstanceOf(RuntimeError::class.java)
                .hasMessage("cannot reuse already awaited coroutine")
        }

    @Test
    fun futuresLoseTheirWrapper() =
        runTest {
            val oops = Oops("oops")
            val future = CompletableFuture<String>()
            launch { future.completeExceptionally(oops) }
            assertThat(raised { future.thenApply { it }.await() }).isSameAs(oops)
            assertThat(CompletableFuture.completedFuture(1).await()).isEqualTo(1)
            assertThat(CompletableFuture.completedFuture<Int?>(null).await()).isNull()
        }

    @Test
    fun aCancelledScopeClosesItAndWaitsForItsCleanUp() =
        runTest {
            val cleaned = Source()
            val job =
                launch {
                    try {
                        Coroutine
                            .of { co ->
                                try {
                                    co.await(source)
                                } finally {
                                    log += "cleaning"
                                    co.await(cleaned)
                                    log += "cleaned"
                                }
                            }.await()
                    } finally {
                        log += "after"
                    }
                }
            testScheduler.runCurrent()
            assertThat(source.isWaiting).isTrue()
            job.cancel()
            testScheduler.runCurrent()
            assertThat(source.cancels).isOne()
            assertThat(log).containsExactly("cleaning")
            assertThat(job.isCompleted).isFalse()
            cleaned.complete(null)
            testScheduler.runCurrent()
            assertThat(log).containsExactly("cleaning", "cleaned", "after")
            assertThat(job.isCompleted).isTrue()
        }

    @Test
    fun aFailureOfTheCleanUpFailsTheScope() =
        runTest {
            val oops = Oops("clean-up")
            val scope = supervised()
            val job =
                scope.async {
                    coroutine<Unit> {
                        try {
                            source.await()
                        } finally {
                            throw oops
                        }
                    }.await()
                }
            testScheduler.runCurrent()
            job.cancelAndJoin()
            assertThat(job.getCompletionExceptionOrNull()).isSameAs(oops)
        }

    @Test
    fun aCancelledCoroutineDoesNotStartIt() =
        runTest {
            val never = coroutine { log += "started" }
            val job =
                launch {
                    cancel()
                    never.await()
                }
            job.join()
            assertThat(log).isEmpty()
            assertThat(never.state()).isEqualTo(CoroutineState.CLOSED)
        }

    @Test
    fun aResultThatComesAfterTheCancelIsDiscarded() =
        runTest {
            val job =
                launch(DiscardHook { log += it }) {
                    coroutine {
                        try {
                            source.await()
                        } catch (e: GeneratorExit) {
                            "late"
                        }
                    }.await()
                }
            testScheduler.runCurrent()
            job.cancelAndJoin()
            assertThat(log).containsExactly("late")
        }

    @Test
    fun aResultWhoseReceiverIsCancelledBeforeItGoesOnIsDiscarded() =
        runTest {
            val job =
                launch(DiscardHook { log += it }) {
                    coroutine { source.await() }.await()
                    log += "went on"
                }
            testScheduler.runCurrent()
            source.complete("value")
            job.cancel()
            testScheduler.runCurrent()
            assertThat(log).containsExactly("value")
            assertThat(job.isCancelled).isTrue()
        }

    @Test
    fun everyStepIsOnTheDispatcherOfWhoAwaits() {
        val executor = Executors.newSingleThreadExecutor { Thread(it, "mine") }
        executor.asCoroutineDispatcher().use { dispatcher ->
            val element = ThreadLocal<String>()
            runBlocking {
                val awaited =
                    async(dispatcher + element.asContextElement("local")) {
                        coroutine {
                            val before = Thread.currentThread().name + " " + element.get()
                            source.await()
                            log += Thread.currentThread().name + " " + element.get()
                            before
                        }.await()
                    }
                withContext(dispatcher) {}
                source.complete(1)
                assertThat(awaited.await()).startsWith("mine").endsWith(" local")
            }
        }
        assertThat(log.single().toString()).startsWith("mine").endsWith(" local")
    }

    @Test
    fun manyAwaitsThatAreReadyUseNoStack() =
        runTest {
            var sum = 0
            val source = Awaitables.ready(1)
            repeat(1_000_000) { sum += source.await() }
            val hand = Awaitables.create<Int> { it.complete(1) }
            repeat(100_000) { sum += hand.await() }
            assertThat(coroutine { (1..1_000_000).sumOf { hand.await() } }.await()).isEqualTo(1_000_000)
            assertThat(sum).isEqualTo(1_100_000)
        }

    @Test
    fun asDeferredIsHotAndAChildOfTheScope() =
        runTest {
            val scope = supervised()
            val deferred: Deferred<Any?> = coroutine { source.await() }.asDeferred(scope)
            testScheduler.runCurrent()
            source.complete("value")
            assertThat(deferred.await()).isEqualTo("value")
            assertThat(deferred.await()).isEqualTo("value")

            val cancelled: Coroutine<Any?> = coroutine { source.await() }
            val closing = cancelled.asDeferred(scope)
            testScheduler.runCurrent()
            scope.coroutineContext[Job]!!.cancelAndJoin()
            assertThat(closing.isCancelled).isTrue()
            assertThat(cancelled.state()).isEqualTo(CoroutineState.CLOSED)
        }

    @Test
    fun asDeferredFailsItsScopeWithTheSameInstance() =
        runTest {
            val oops = Oops("oops")
            val caught =
                raised {
                    supervisorScope {
                        val deferred = coroutine<Unit> { throw oops }.asDeferred(this)
                        deferred.join()
                        assertThat(deferred.getCompletionExceptionOrNull()).isSameAs(oops)
                        coroutineScope { coroutine<Unit> { throw oops }.asDeferred(this) }
                    }
                }
            assertThat(caught).isInstanceOf(Oops::class.java)
        }

    @Test
    fun launchInClosesWhatWasCancelledBeforeItStarted() =
        runTest {
            val never = coroutine { log += "started" }
            never.launchIn(this).cancelAndJoin()
            assertThat(never.state()).isEqualTo(CoroutineState.CLOSED)
            coroutine { log += "ran" }.launchIn(this).join()
            assertThat(log).containsExactly("ran")
        }

    @Test
    fun aManagerIsLeftHoweverTheBlockEnds() =
        runTest {
            val oops = Oops("oops")
            assertThat(manager().use { value -> "$value!" }).isEqualTo("value!")
            assertThat(raised { manager().use { throw oops } }).isSameAs(oops)
            assertThat(manager(swallows = true).use<Any?, Any?> { throw oops }).isNull()
            assertThat(leavesEarly()).isEqualTo("early")
            assertThat(coroutine { manager().use { "in a body" } }.await()).isEqualTo("in a body")
            assertThat(log).containsExactly(null, oops, oops, null, null)
        }

    private suspend fun leavesEarly(): String {
        manager().use { return "early" }
        return "late"
    }

    @Test
    fun aManagerIsLeftWhenTheCoroutineIsCancelled() =
        runTest {
            val job = launch { manager().use { source.await() } }
            testScheduler.runCurrent()
            job.cancelAndJoin()
            assertThat(log.single()).isInstanceOf(CancellationException::class.java)
        }

    private fun manager(swallows: Boolean = false) =
        object : AsyncContextManager<Any?> {
            override fun aenter(): Awaitable<Any?> = coroutine { "value" }

            override fun aexit(error: Throwable?): Awaitable<Boolean?> =
                coroutine {
                    delay(1)
                    log += error
                    swallows
                }
        }

    /** A scope whose children's failures stay where they are. */
    private fun TestScope.supervised() = CoroutineScope(StandardTestDispatcher(testScheduler) + SupervisorJob())
}
