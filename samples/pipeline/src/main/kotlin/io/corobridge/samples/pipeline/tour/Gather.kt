package io.corobridge.samples.pipeline.tour

import io.corobridge.Coroutine
import io.corobridge.asyncio.Asyncio
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine

private fun factorial(
    name: String,
    number: Int,
): Coroutine<Int> =
    coroutine("factorial") {
        var product = 1
        for (i in 2..number) {
            print("Task $name: factorial($number), i=$i")
            Asyncio.sleep(0.1).await()
            product *= i
        }
        print("Task $name: factorial($number) = $product")
        product
    }

/** `gather` runs several coroutines at the same time, on one thread, and has their results in the order of its arguments. */
fun main() {
    Asyncio.run(
        coroutine("main") {
            print(Asyncio.gather(factorial("A", 2), factorial("B", 3), factorial("C", 4)).await())
        },
    )
}
