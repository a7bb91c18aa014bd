package io.corobridge.samples.pipeline.tour

import io.corobridge.Generator
import io.corobridge.StopIteration
import io.corobridge.kotlin.generator

private class DemoError : RuntimeException()

private fun demo(): Generator<Any?, Any?, String> =
    generator("demo") {
        print("started")
        try {
            while (true) {
                try {
                    val x = yield(null)
                    if (x == "stop") {
                        return@generator "result"
                    }
                    print("received", x)
                } catch (_: DemoError) {
                    print("handled")
                }
            }
            @Suppress("UNREACHABLE_CODE")
            ""
        } finally {
            print("ending")
        }
    }

/** A sentinel ends a generator; an exception that is raised at its yield does not, if it handles it. */
fun main() {
    val generator = demo()
    generator.next()
    generator.send(11)
    generator.raise(DemoError())
    generator.send(22)
    try {
        generator.send("stop")
    } catch (stop: StopIteration) {
        print(stop.value())
    }
    val other = demo()
    other.next()
    try {
        other.raise(ArithmeticException("unhandled"))
    } catch (error: ArithmeticException) {
        print(error.message)
    }
}
