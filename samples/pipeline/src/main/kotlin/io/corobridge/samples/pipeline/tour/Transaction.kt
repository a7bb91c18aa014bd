package io.corobridge.samples.pipeline.tour

import io.corobridge.AsyncContextManager
import io.corobridge.Awaitable
import io.corobridge.ValueError
import io.corobridge.asyncio.Asyncio
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine
import io.corobridge.kotlin.use

private class Changes : AsyncContextManager<Changes> {
    override fun aenter(): Awaitable<Changes> =
        coroutine("__aenter__") {
            Asyncio.sleep(0.01).await()
            print("begin")
            this
        }

    override fun aexit(error: Throwable?): Awaitable<Boolean?> =
        coroutine("__aexit__") {
            Asyncio.sleep(0.01).await()
            print(if (error == null) "commit" else "rollback: ${error.message}")
            false // what the block raised goes on
        }
}

/** An async context manager awaits on the way in and on the way out, and is told how its block ended. */
fun main() {
    Asyncio.run(
        coroutine("main") {
            Changes().use { print("insert") }
            try {
                Changes().use { throw ValueError("no such table") }
            } catch (error: ValueError) {
                print("told:", error.message)
            }
        },
    )
}
