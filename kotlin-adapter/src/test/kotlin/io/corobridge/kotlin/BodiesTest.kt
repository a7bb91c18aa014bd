package io.corobridge.kotlin

import io.corobridge.Coroutine
import io.corobridge.Generator
import io.corobridge.StopIteration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** Bodies written in Kotlin. */
class BodiesTest {
    @Test
    fun aGeneratorAnswers() {
        val generator: Generator<Int, Int, String> =
            generator {
                var sum = 0
                try {
                    while (true) {
                        sum += yield(sum) ?: break
                    }
                } finally {
                    sum = -1
                }
                "end $sum"
            }
        assertThat(generator.next()).isEqualTo(0)
        assertThat(generator.send(3)).isEqualTo(3)
        assertThat(generator.send(4)).isEqualTo(7)
        assertThatThrownBy { generator.next() }
            .isInstanceOfSatisfying(StopIteration::class.java) { assertThat(it.value()).isEqualTo("end -1") }
    }

    @Test
    fun delayIsOfTheDrivingDispatcher() =
        runTest {
            val inner: Coroutine<Int> =
                coroutine {
                    delay(1000)
                    5
                }
            assertThat(coroutine { inner.await() + 1 }.await()).isEqualTo(6)
            assertThat(currentTime).isEqualTo(1000)
        }

    @Test
    fun anOperationMayHaveEndedBefore() =
        runTest {
            val done = CompletableDeferred(3)
            assertThat(coroutine { done.await() }.await()).isEqualTo(3)
        }
}
