package com.example

import io.corobridge.Awaitables
import io.corobridge.CoroutineState
import io.corobridge.StopIteration
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine
import io.corobridge.kotlin.generator
import io.corobridge.sight.Coroutines
import io.corobridge.sight.LiveCoroutine
import io.corobridge.sight.Timeline
import io.corobridge.sight.Tracer
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.catchThrowable
import org.junit.jupiter.api.Test

/** Bodies written in Kotlin are dumped and traced as those in Java are. */
class SightTest {
    private val never = Awaitables.create<Any?> { }

    /** Not that of another test, whose leftovers are closed at any time, and their clean-up makes bodies then. */
    private fun isOwn(name: String) = name.substringAfterLast('.') in setOf("outer", "inner")

    @Test
    fun aDumpShowsTheChainWithLines() {
        Coroutines.track(true)
        try {
            val inner = coroutine("inner") { never.await() }
            val outer = coroutine("outer") { inner.await() }
            outer.send(null)
            val dump = Coroutines.dump()
            val chain = dump.chain(dump.roots().single { isOwn(it.name()) })
            assertThat(
                chain,
            ).extracting<StackTraceElement>(LiveCoroutine::place).containsExactly(outer.frame(), inner.frame())
            assertThat(chain.map { it.place()?.fileName }).containsOnly("SightTest.kt")
            assertThat(chain.map { it.state() }).containsOnly(CoroutineState.SUSPENDED)
            assertThat(chain.last().waitsFor()).isNotNull()
            outer.close()
            assertThat(Coroutines.dump().coroutines()).noneMatch { isOwn(it.name()) }
        } finally {
            Coroutines.track(false)
        }
    }

    @Test
    fun aTracerHearsOfEachStep() {
        val timeline = Timeline()
        Tracer.start(::isOwn, timeline).use {
            val inner =
                generator<String, String, String>("inner") {
                    try {
                        yield("one")!!
                    } catch (e: IllegalStateException) {
                        "caught"
                    }
                }
            val outer = generator<String, String, String>("outer") { yieldFrom(inner) + "!" }
            outer.next()
            val end = catchThrowable { outer.raise(IllegalStateException("no")) } as StopIteration
            assertThat(end.value()).isEqualTo("caught!")
        }
        assertThat(timeline.textWithoutTimes()).isEqualTo(
            """
            outer  starts
            outer  awaits inner
            inner  starts
            inner  yields one
            inner  raised: IllegalStateException: no
            inner  returns caught
            outer  gets caught
            outer  returns caught!

            """.trimIndent(),
        )
    }
}
