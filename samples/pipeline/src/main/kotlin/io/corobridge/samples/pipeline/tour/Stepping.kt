package io.corobridge.samples.pipeline.tour

import io.corobridge.AwaitIterator
import io.corobridge.Awaitable
import io.corobridge.StopIteration
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine
import io.corobridge.kotlin.generator

/** Something to await: it yields a number to whoever steps, and doubles the answer. */
private fun dummy(number: Int): Awaitable<Int> =
    Awaitable {
        AwaitIterator.of(
            generator<Any?, Any?, Int>("__await__") {
                print("asks", number)
                val answer = yield(number) as Int
                print("gets", answer)
                answer * 2
            },
        )
    }

/** A coroutine is an object that you step: what it awaits comes out of `send`, and what you send is what the await results in. */
fun main() {
    val coroutine =
        coroutine("main") {
            val first = dummy(1).await()
            val second = dummy(2).await()
            first + second
        }
    print("yields", coroutine.send(null))
    print("yields", coroutine.send(10))
    try {
        coroutine.send(20)
    } catch (stop: StopIteration) {
        print("returns", stop.value())
    }
}
