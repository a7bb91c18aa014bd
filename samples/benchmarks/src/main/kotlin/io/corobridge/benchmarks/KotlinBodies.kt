package io.corobridge.benchmarks

import io.corobridge.AsyncIterable
import io.corobridge.Coroutine
import io.corobridge.Generator
import io.corobridge.kotlin.asAsyncGenerator
import io.corobridge.kotlin.asAsyncIterable
import io.corobridge.kotlin.asFlow
import io.corobridge.kotlin.asyncGenerator
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine
import io.corobridge.kotlin.generator
import io.corobridge.kotlin.iterator
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.runBlocking
import java.util.function.Supplier

/** What [KotlinBridge] measures: bodies in Kotlin and the bridge to Kotlin, each beside what Kotlin has. */
object KotlinBodies {
    @JvmStatic
    fun counter(): Generator<Long, Any?, Unit> = generator { var n = 0L; while (true) yield(n++) }

    private fun count(elements: Int): Flow<Int> =
        flow {
            for (i in 0 until elements) {
                emit(i)
            }
        }

    private fun countAsync(elements: Int) =
        asyncGenerator<Int, Any?> {
            for (i in 0 until elements) {
                yield(i)
            }
        }

    private fun sum(flow: Flow<Int>): Int =
        runBlocking {
            var sum = 0
            flow.collect { sum += it }
            sum
        }

    private fun sum(iterable: AsyncIterable<Int>): Int =
        runBlocking {
            var sum = 0
            for (element in iterable) {
                sum += element
            }
            sum
        }

    @JvmStatic
    fun collectFlow(elements: Int): Int = sum(count(elements))

    @JvmStatic
    fun collectBufferedFlow(elements: Int): Int = sum(count(elements).buffer(64))

    @JvmStatic
    fun collectAsyncGenerator(elements: Int): Int = sum(countAsync(elements).asFlow())

    @JvmStatic
    fun collect(iterable: AsyncIterable<Int>): Int = sum(iterable.asFlow())

    @JvmStatic
    fun loopAsyncGenerator(elements: Int): Int = sum(countAsync(elements))

    @JvmStatic
    fun loopFlowAhead(elements: Int): Int = sum(count(elements).asAsyncIterable())

    @JvmStatic
    fun loopFlowInStep(elements: Int): Int = sum(count(elements).asAsyncGenerator())

    @JvmStatic
    fun awaitCoroutines(times: Int): Int =
        runBlocking {
            var sum = 0
            repeat(times) { sum += coroutine { it }.await() }
            sum
        }

    @JvmStatic
    fun awaitJavaCoroutines(
        times: Int,
        make: Supplier<Coroutine<Int>>,
    ): Int =
        runBlocking {
            var sum = 0
            repeat(times) { sum += make.get().await() }
            sum
        }

    @JvmStatic
    fun awaitAsyncs(times: Int): Int =
        runBlocking {
            var sum = 0
            repeat(times) { sum += async(start = CoroutineStart.UNDISPATCHED) { it }.await() }
            sum
        }
}
