package io.corobridge.kotlin

import io.corobridge.Awaitables
import io.corobridge.Coroutine
import io.corobridge.GeneratorExit
import io.corobridge.Pending
import io.corobridge.RuntimeError
import io.corobridge.StopIteration
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import kotlin.coroutines.Continuation
import kotlin.coroutines.resume
import kotlin.coroutines.suspendCoroutine

/** Suspend functions of others, called in bodies written in Kotlin. */
class OperationTest {
    private val log = mutableListOf<Any?>()
    private val gate = CompletableDeferred<String>()

    @Test
    fun aSuspensionIsAPendingForTheDriver() {
        val coroutine = coroutine { gate.await() + "!" }
        assertThat(coroutine.send(null)).isInstanceOf(Pending::class.java).isSameAs(coroutine.awaiting())
        gate.complete("open")
        assertThat((raised { coroutine.send("by hand") } as StopIteration).value()).isEqualTo("by hand!")
    }

    @Test
    fun theBodyGoesOnInAStepWithTheOperationsResult() {
        val recorder = Recorder(coroutine { gate.await() + "!" }).start()
        recorder.tells()
        gate.complete("open")
        recorder.tells("returned open!")
    }

    @Test
    fun theOperationsFailureIsTheSameInstance() {
        val oops = Oops("oops")
        val recorder = Recorder(coroutine { suspendCancellableCoroutine<Unit> { continuation = it } }).start()
        continuation!!.resumeWith(Result.failure(oops))
        assertThat(recorder.error).isSameAs(oops)
    }

    private var continuation: Continuation<Unit>? = null

    @Test
    fun anOperationThatHasEndedDoesNotSuspendTheBody() {
        gate.complete("open")
        assertThat((raised { coroutine { gate.await() }.send(null) } as StopIteration).value()).isEqualTo("open")
    }

    @Test
    fun anOperationThatEndsWhileItSuspendsDoesNotSuspendTheBody() {
        val coroutine = coroutine { withContext(CoroutineName("x")) { suspendCoroutine<Int> { it.resume(1) } + 1 } }
        assertThat((raised { coroutine.send(null) } as StopIteration).value()).isEqualTo(2)
    }

    @Test
    fun closingCancelsTheOperationAndCleanUpMaySuspend() {
        val cleaned = CompletableDeferred<String>()
        val recorder =
            Recorder(
                coroutine {
                    try {
                        suspendCancellableCoroutine<Unit> { it.invokeOnCancellation { log += "cancelled" } }
                    } catch (e: GeneratorExit) {
                        log += "exit"
                        throw e
                    } finally {
                        log += currentCoroutineContext().job.isActive
                        log += cleaned.await()
                        log += Awaitables.ready("again").await()
                    }
                },
            ).start()
        recorder.cancel()
        assertThat(log).containsExactly("cancelled", "exit", true)
        recorder.tells()
        cleaned.complete("cleaned")
        assertThat(log).containsExactly("cancelled", "exit", true, "cleaned", "again")
        recorder.tells("cancelled null null")
    }

    @Test
    fun closingWaitsForTheOperationsOwnCleanUp() =
        runTest {
            val slow = CompletableDeferred<Unit>()
            val recorder =
                Recorder(
                    coroutine {
                        try {
                            withContext(StandardTestDispatcher(testScheduler)) {
                                try {
                                    awaitCancellation()
                                } finally {
                                    withContext(NonCancellable) { slow.await() }
                                    log += "inner"
                                }
                            }
                        } finally {
                            log += "outer"
                        }
                    },
                ).start()
            testScheduler.advanceUntilIdle()
            recorder.cancel()
            testScheduler.advanceUntilIdle()
            assertThat(log).isEmpty()
            slow.complete(Unit)
            testScheduler.advanceUntilIdle()
            assertThat(log).containsExactly("inner", "outer")
            recorder.tells("cancelled null null")
        }

    @Test
    fun whatTheOperationsCleanUpRaisesIsRaisedInPlaceOfTheExit() {
        val oops = Oops("clean-up")
        val recorder =
            Recorder(
                coroutine {
                    try {
                        coroutineScope {
                            try {
                                awaitCancellation()
                            } finally {
                                throw oops
                            }
                        }
                    } catch (e: Throwable) {
                        log += e.message
                        throw e
                    }
                },
            ).start()
        recorder.cancel()
        assertThat(log).containsExactly("clean-up")
        recorder.tells("cancelled null Oops: clean-up")
    }

    @Test
    fun aPlainCloseOfAnOperationThatTakesItsTimeIsRefused() {
        val slow = CompletableDeferred<Unit>()
        val coroutine =
            coroutine {
                try {
                    withContext(Dispatchers.Unconfined) { withContext(NonCancellable) { slow.await() } }
                } finally {
                    log += "finally"
                }
            }
        coroutine.send(null)
        assertThat(raised { coroutine.close() })
            .isInstanceOf(RuntimeError::class.java)
            .hasMessage("coroutine ignored GeneratorExit")
        assertThat(log).isEmpty()
        slow.complete(Unit)
        assertThat(raised { coroutine.send(null) }).isInstanceOf(GeneratorExit::class.java)
        assertThat(log).containsExactly("finally")
    }

    @Test
    fun whatIsRaisedArrivesAtTheSuspensionPoint() {
        val oops = Oops("oops")
        val coroutine =
            coroutine {
                try {
                    delay(1_000_000)
                } catch (e: Oops) {
                    log += e
                    gate.await()
                }
            }
        coroutine.send(null)
        assertThat(coroutine.raise(oops)).isInstanceOf(Pending::class.java)
        assertThat(log.single()).isSameAs(oops)
    }

    @Test
    fun aCancelThatComesWhileTheBodyRunsIsDeliveredAtTheNextSuspension() {
        lateinit var recorder: Recorder
        gate.complete("open")
        recorder =
            Recorder(
                coroutine {
                    recorder.cancel()
                    try {
                        gate.await()
                        log += "did not suspend"
                        Awaitables.ready(1).await()
                        log += "went on"
                    } catch (e: GeneratorExit) {
                        log += "exit"
                    }
                },
            )
        recorder.start()
        assertThat(log).containsExactly("did not suspend", "exit")
    }

    @Test
    fun checkCancelledRaisesTheExit() {
        lateinit var recorder: Recorder
        recorder =
            Recorder(
                coroutine {
                    checkCancelled()
                    recorder.cancel()
                    checkCancelled()
                },
            )
        recorder.start()
        recorder.tells("cancelled null null")
    }

    @Test
    fun awaitsInAScopeInsideTheBodyAreTheMachines() {
        val source = Source()
        val inner = coroutine { source.await() }
        val coroutine =
            coroutine {
                coroutineScope {
                    launch { log += "launched" }
                    inner.await()
                }
            }
        val recorder = Recorder(coroutine).start()
        assertThat(coroutine.awaiting()).isSameAs(inner)
        source.complete("value")
        recorder.tells("returned value")
        assertThat(log).containsExactly("launched")
    }

    @Test
    fun aScopeEndsWhenWhatItLaunchedHasEnded() {
        val recorder =
            Recorder(
                coroutine {
                    coroutineScope {
                        val one = async { gate.await() }
                        val two = async { gate.await() }
                        one.await() + two.await()
                    } + "!"
                },
            ).start()
        recorder.tells()
        gate.complete("a")
        recorder.tells("returned aa!")
    }

    @Test
    fun aCoroutineThatIsLaunchedInTheBodyAwaitsByItself() {
        val source = Source()
        val recorder =
            Recorder(
                coroutine {
                    coroutineScope {
                        val launched = async { source.await() }
                        gate.await() + launched.await()
                    }
                },
            ).start()
        assertThat(source.isWaiting).isTrue()
        source.complete(1)
        gate.complete("gate ")
        recorder.tells("returned gate 1")
    }

    @Test
    fun aTimeoutInsideTheBodyEndsTheOperationOnly() =
        runTest {
            val result =
                coroutine {
                    val first = withTimeoutOrNull(1_000) { awaitCancellation() }
                    delay(500)
                    "$first and on"
                }.await()
            assertThat(result).isEqualTo("null and on")
            assertThat(currentTime).isEqualTo(1_500)
        }

    @Test
    fun yieldsFromAFlowThatRunsElsewhere() =
        runTest {
            val numbers = flow { repeat(3) { emit(it) } }.flowOn(StandardTestDispatcher(testScheduler))
            val generator =
                asyncGenerator<Int, Any?> {
                    numbers.collect { yield(it * 10) }
                }
            val seen = mutableListOf<Int>()
            for (x in generator) {
                seen += x
            }
            assertThat(seen).containsExactly(0, 10, 20)
        }

    @Test
    fun collectsAFlowThatCollectsAnotherElsewhere() =
        runTest {
            val nested = flow { flow { emit(1) }.flowOn(StandardTestDispatcher(testScheduler)).collect { emit(it) } }
            val scoped = flow { coroutineScope { emit(2) } }
            val seen =
                coroutine {
                    nested.toList() + scoped.toList()
                }.await()
            assertThat(seen).containsExactly(1, 2)
        }

    @Test
    fun refusesAYieldFromAnotherCoroutine() {
        val generator =
            asyncGenerator<Int, Any?> {
                coroutineScope { launch { log += raised { yield(1) } } }
                withContext(Dispatchers.Unconfined) { log += raised { yield(2) } }
                yield(3)
            }
        val step = generator.anext().awaitIterator()
        assertThat((raised { step.next() } as StopIteration).value()).isEqualTo(3)
        assertThat(log).hasSize(2).allMatch { it is RuntimeError }
    }

    @Test
    fun theBodyStartsInTheContextOfWhoDrivesIt() =
        runTest(CoroutineName("driver")) {
            val names =
                coroutine {
                    val before = currentCoroutineContext()[CoroutineName]?.name
                    delay(1)
                    before to currentCoroutineContext()[CoroutineName]?.name
                }.await()
            assertThat(names).isEqualTo("driver" to "driver")
        }

    @Test
    fun aCancellationThatIsNotOursIsRaisedAsItIs() {
        val cancelled = CompletableDeferred<Unit>()
        cancelled.cancel(CancellationException("mine"))
        val recorder = Recorder(coroutine { cancelled.await() }).start()
        recorder.tells("raised CancellationException: mine")
    }

    @Test
    fun oneThatSomebodyElseResumesFarFromAnyStepStillEndsInAStep() {
        val coroutines = List(100) { Recorder(coroutine { gate.await() }).start() }
        gate.complete("x")
        coroutines.forEach { it.tells("returned x") }
    }

    private fun <R> coroutine(body: suspend () -> R): Coroutine<R> = coroutine("body", body)
}
