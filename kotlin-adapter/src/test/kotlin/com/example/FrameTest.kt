package com.example

import io.corobridge.Awaitables
import io.corobridge.CoroutineState
import io.corobridge.kotlin.AsyncGeneratorScope
import io.corobridge.kotlin.GeneratorScope
import io.corobridge.kotlin.asyncGenerator
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine
import io.corobridge.kotlin.generator
import io.corobridge.kotlin.iterator
import kotlinx.coroutines.awaitCancellation
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** `frame()` tells the very line that a body written in Kotlin is suspended at, in the body itself and in helpers. */
class FrameTest {
    private val never = Awaitables.create<Any?> { }

    @Test
    fun standsAtTheLineOfTheYield() {
        val generator =
            generator<Int, Any?, Unit> {
                yield(line())
                yield(line())
            }
        repeat(2) {
            val line = generator.next()
            assertThat(generator.frame()?.lineNumber).isEqualTo(line)
            assertThat(generator.frame()?.fileName).isEqualTo("FrameTest.kt")
            assertThat(generator.frame()?.className).startsWith(FrameTest::class.java.name)
        }
        generator.close()
        assertThat(generator.frame()).isNull()
    }

    private suspend fun GeneratorScope<Int, Any?>.helper(depth: Int) {
        if (depth == 0) {
            yield(line())
        } else {
            helper(depth - 1)
        }
        check(depth >= 0)
    }

    @Test
    fun standsInTheHelperThatSuspended() {
        val generator =
            generator<Int, Any?, Unit> {
                helper(3)
                check(true)
            }
        val line = generator.next()
        assertThat(generator.frame()?.lineNumber).isEqualTo(line)
        assertThat(generator.frame()?.methodName).isEqualTo("helper")
    }

    @Test
    fun standsAtTheAwaitWhileWhatIsAwaitedStandsAtItsOwn() {
        var innerLine = 0
        var outerLine = 0
        val inner =
            coroutine {
                innerLine = line() + 1
                never.await()
            }
        val outer =
            coroutine {
                outerLine = line() + 1
                inner.await()
                check(true)
            }
        outer.send(null)
        assertThat(inner.frame()?.lineNumber).isEqualTo(innerLine)
        assertThat(outer.frame()?.lineNumber).isEqualTo(outerLine)
    }

    @Test
    fun standsAtTheCallOfAForeignSuspendFunction() {
        var line = 0
        val body =
            coroutine {
                line = line() + 1
                awaitCancellation()
            }
        body.send(null)
        assertThat(body.frame()?.lineNumber).isEqualTo(line)
    }

    private suspend fun AsyncGeneratorScope<Int, Any?>.echo() {
        for (element in asyncGenerator<Int, Any?> { never.await() }) {
            yield(element)
        }
    }

    @Test
    fun doesNotShowTheAdaptersOwnCalls() {
        val elements = asyncGenerator<Int, Any?> { echo() }
        val step = coroutine { elements.anext().await() }
        step.send(null)
        assertThat(elements.frame()?.className).startsWith(FrameTest::class.java.name)
        assertThat(step.state()).isEqualTo(CoroutineState.SUSPENDED)
    }

    /** Not private, which would put another call between. */
    fun line(): Int = Throwable().stackTrace[1].lineNumber
}
