package io.corobridge.samples.pipeline.tour

import io.corobridge.asyncio.Asyncio
import io.corobridge.kotlin.asAsyncIterable
import io.corobridge.kotlin.asFlow
import io.corobridge.kotlin.asyncGenerator
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine
import io.corobridge.kotlin.iterator
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking

/** A suspend function awaits a coroutine, and a body calls suspend functions; a Flow is looped over, and made of an async generator. */
fun main() {
    val answer =
        coroutine("answer") {
            delay(10) // a suspend function of Kotlin's
            Asyncio.sleep(0.01).await() // a coroutine of the library's
            42
        }
    val squares =
        asyncGenerator<Int, Any?>("squares") {
            try {
                var i = 1
                while (true) {
                    yield(i * i++)
                }
            } finally {
                delay(10)
                print("cleaned up")
            }
        }
    runBlocking {
        print("awaited", answer.await())
        print("flow", squares.asFlow().take(3).toList())
        for (
        word in
        flow {
            emit("to")
            emit("and fro")
        }.asAsyncIterable()
        ) {
            print(word)
        }
    }
}
