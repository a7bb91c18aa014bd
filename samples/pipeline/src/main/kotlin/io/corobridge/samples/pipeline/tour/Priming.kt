package io.corobridge.samples.pipeline.tour

import io.corobridge.Generators

/** `primed` takes a generator to its first yield, as Python's decorator does, so that the first thing to do is to send. */
fun main() {
    val average = Generators.primed(averager())
    print(average.send(40))
    print(average.send(50))
}
