package io.corobridge.samples.pipeline.tour

import io.corobridge.AsyncIterator
import io.corobridge.Awaitable
import io.corobridge.StopAsyncIteration
import io.corobridge.asyncio.Asyncio
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine
import io.corobridge.kotlin.iterator

private class LineReader(
    vararg lines: String,
) : AsyncIterator<String> {
    private val lines = ArrayDeque(lines.toList())

    override fun anext(): Awaitable<String> =
        coroutine("__anext__") {
            Asyncio.sleep(0.01).await()
            lines.removeFirstOrNull() ?: throw StopAsyncIteration()
        }
}

/** An async iterator is a class with `anext`; a `for` loop over it is Python's `async for`. */
fun main() {
    Asyncio.run(
        coroutine("main") {
            for (line in LineReader("one", "two", "three")) {
                print(line)
            }
            print("end")
        },
    )
}
