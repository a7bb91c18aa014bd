package com.example.shrunk

import io.corobridge.AsyncGenerator
import io.corobridge.Awaitable
import io.corobridge.Coroutine
import io.corobridge.kotlin.asAsyncIterable
import io.corobridge.kotlin.asDeferred
import io.corobridge.kotlin.asFlow
import io.corobridge.kotlin.asyncGenerator
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine
import io.corobridge.kotlin.generator
import io.corobridge.kotlin.iterator
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking

/** The part of [Program] that only Kotlin can say. */
internal fun kotlin(): List<Any?> =
    runBlocking {
        val bodies =
            coroutine {
                delay(1)
                val numbers = generator<Int, Any?, Unit> { for (i in 1..3) yield(i) }
                var sum = 0
                for (each in numbers) {
                    sum += each
                }
                sum
            }
        val elements = asyncGenerator<Int, Any?> { for (i in 1..3) yield(i) }
        val flow =
            flow {
                emit(1)
                delay(1)
                emit(2)
            }
        var sum = 0
        for (each in flow.asAsyncIterable()) {
            sum += each
        }
        listOf(bodies.asDeferred(this).await(), elements.asFlow().toList(), sum)
    }

internal fun <T> await(awaitable: Awaitable<T>): T = runBlocking { awaitable.await() }
