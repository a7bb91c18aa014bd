package io.corobridge.samples.pipeline.tour

import io.corobridge.Generator
import io.corobridge.StopIteration
import io.corobridge.kotlin.generator

internal fun averager(): Generator<Double?, Int?, Nothing> =
    generator("averager") {
        var total = 0.0
        var count = 0
        var average: Double? = null
        while (true) {
            total += yield(average)!!
            count++
            average = total / count
        }
        @Suppress("UNREACHABLE_CODE")
        error("it never ends by itself")
    }

/** A generator is sent numbers, and yields their average: `yield` is an expression, and its value is what was sent. */
fun main() {
    val average = averager()
    print(average.next()) // to the first yield, which has nothing to tell yet
    for (term in listOf(10, 30, 5)) {
        print(average.send(term))
    }
    average.close()
    try {
        average.send(1)
    } catch (_: StopIteration) {
        print("closed")
    }
}
