package io.corobridge.samples.pipeline.tour

import io.corobridge.Generator
import io.corobridge.kotlin.generator
import java.util.Locale

private data class Average(
    val count: Int,
    val average: Double,
)

private fun averages(): Generator<Any?, Double?, Average> =
    generator("averager") {
        var total = 0.0
        var count = 0
        while (true) {
            val term = yield(null) ?: break
            total += term
            count++
        }
        Average(count, total / count)
    }

/** `yieldFrom` lets the caller talk to a sub-generator directly, and gives the delegating one what that returns. */
fun main() {
    val data = mapOf("girls" to listOf(40.5, 38.5, 44.0), "boys" to listOf(39.0, 41.0))
    val results = mutableMapOf<String, Average>()
    for ((key, values) in data) {
        val group =
            generator<Any?, Double?, Unit>("grouper") {
                while (true) {
                    results[key] = yieldFrom(averages())
                }
            }
        group.next()
        values.forEach { group.send(it) }
        group.send(null)
        group.close()
    }
    for ((key, result) in results) {
        print("%d %s averaging %.2f".format(Locale.ROOT, result.count, key, result.average))
    }
}
