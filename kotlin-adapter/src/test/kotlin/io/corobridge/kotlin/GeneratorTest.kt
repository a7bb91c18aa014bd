package io.corobridge.kotlin

import io.corobridge.AttributeError
import io.corobridge.Generator
import io.corobridge.GeneratorExit
import io.corobridge.GeneratorState
import io.corobridge.RuntimeError
import io.corobridge.StopIteration
import io.corobridge.TypeError
import io.corobridge.ValueError
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.io.IOException

/** Generators whose body is written in Kotlin. */
class GeneratorTest {
    private val log = mutableListOf<Any?>()

    private fun averager(): Generator<Double?, Double, String> =
        generator("averager") {
            var sum = 0.0
            var count = 0
            var average: Double? = null
            while (true) {
                val value = yield(average) ?: break
                sum += value
                average = sum / ++count
            }
            "$count values"
        }

    @Test
    fun answersWhatIsSent() {
        val generator = averager()
        assertThat(generator.state()).isEqualTo(GeneratorState.CREATED)
        assertThat(generator.next()).isNull()
        assertThat(generator.send(3.0)).isEqualTo(3.0)
        assertThat(generator.send(5.0)).isEqualTo(4.0)
        assertThat(generator.state()).isEqualTo(GeneratorState.SUSPENDED)
        assertThat(stop { generator.next() }.value()).isEqualTo("2 values")
        assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED)
        assertThat(stop { generator.next() }.value()).isNull()
        assertThat(generator.toString()).startsWith("<generator object averager at 0x")
    }

    @Test
    fun refusesAValueBeforeItHasStarted() {
        assertThat(raised { averager().send(1.0) })
            .isInstanceOf(TypeError::class.java)
            .hasMessage("can't send non-None value to a just-started generator")
    }

    @Test
    fun raisesTheSameInstanceAtTheYield() {
        val oops = IOException("oops")
        val generator: Generator<Int, Any?, Any?> =
            generator {
                try {
                    yield(1)
                } catch (e: IOException) {
                    log += e
                    yield(2)
                }
                throw e2
            }
        generator.next()
        assertThat(generator.raise(oops)).isEqualTo(2)
        assertThat(log.single()).isSameAs(oops)
        assertThat(raised { generator.next() }).isSameAs(e2)
    }

    @Test
    fun closesAtTheYieldAndReturnsWhatTheBodyAnswers() {
        val generator: Generator<Int, Any?, String> =
            generator {
                try {
                    yield(1)
                    "not closed"
                } catch (e: GeneratorExit) {
                    "closed"
                } finally {
                    log += "finally"
                }
            }
        generator.next()
        assertThat(generator.closeAndReturn()).isEqualTo("closed")
        assertThat(log).containsExactly("finally")
        generator.close()
    }

    @Test
    fun saysWhenTheBodyYieldsInsteadOfClosing() {
        val generator: Generator<Int, Any?, Unit> =
            generator {
                try {
                    yield(1)
                } finally {
                    yield(2)
                    log += "went on"
                }
            }
        generator.next()
        assertThat(raised { generator.close() })
            .isInstanceOf(RuntimeError::class.java)
            .hasMessage("generator ignored GeneratorExit")
        assertThat(raised { generator.next() }).isInstanceOf(GeneratorExit::class.java)
        assertThat(log).containsExactly("went on")
    }

    @Test
    fun turnsAStopIterationOfTheBodyIntoARuntimeError() {
        val generator: Generator<Int, Any?, Unit> = generator { throw StopIteration(1) }
        assertThat(raised { generator.next() })
            .isInstanceOf(RuntimeError::class.java)
            .hasMessage("generator raised StopIteration")
            .hasCauseInstanceOf(StopIteration::class.java)
    }

    @Test
    fun refusesToStepItself() {
        lateinit var own: Generator<Any?, Any?, Unit>
        own = generator { yield(raised { own.next() }) }
        assertThat(own.next()).isInstanceOf(ValueError::class.java).hasToString(
            "io.corobridge.ValueError: generator already executing",
        )
    }

    @Test
    fun yieldsFromGeneratorsIterablesAndIterators() {
        val inner: Generator<Any?, Any?, String> =
            generator {
                log += yield("a")
                "inner"
            }
        val outer: Generator<Any?, Any?, Unit> =
            generator {
                log += yieldFrom(inner)
                yieldFrom(listOf(1, 2))
                try {
                    yieldFrom(iterator { yield(3) })
                } catch (e: AttributeError) {
                    log += e.message
                }
            }
        assertThat(outer.next()).isEqualTo("a")
        assertThat(outer.yieldingFrom()).isSameAs(inner)
        assertThat(outer.send("sent")).isEqualTo(1)
        assertThat(outer.next()).isEqualTo(2)
        assertThat(outer.next()).isEqualTo(3)
        assertThat(stop { outer.send("no") }.value()).isNull()
        assertThat(log).hasSize(3).startsWith("sent", "inner")
    }

    @Test
    fun resumesTheInnermostCallHoweverDeep() {
        val depth = 1_000
        val generator: Generator<Int, Int, Int> = generator { down(depth) }
        assertThat(generator.next()).isZero()
        assertThat(generator.send(5)).isEqualTo(5)
        assertThat(stop { generator.send(7) }.value()).isEqualTo(12 + depth)
    }

    private suspend fun GeneratorScope<Int, Int>.down(depth: Int): Int {
        if (depth > 0) {
            return down(depth - 1) + 1
        }
        val first = yield(0)!!
        return first + yield(first)!!
    }

    @Test
    fun isDelegatedToAtAnyDepthWithoutStack() {
        var chain: Generator<Int, Int, Int> = generator { yield(0)!! }
        repeat(100_000) {
            val inner = chain
            chain = generator { yieldFrom(inner) + 1 }
        }
        assertThat(chain.next()).isZero()
        assertThat(stop { chain.send(5) }.value()).isEqualTo(100_005)
    }

    @Test
    fun isAJavaIterable() {
        val squares: Generator<Int, Any?, Unit> =
            generator {
                for (i in 1..4) {
                    yield(i * i)
                }
            }
        assertThat(squares.toList()).containsExactly(1, 4, 9, 16)
    }

    private fun stop(step: () -> Unit) = raised(step) as StopIteration

    private companion object {
        val e2 = Oops("second")
    }
}
