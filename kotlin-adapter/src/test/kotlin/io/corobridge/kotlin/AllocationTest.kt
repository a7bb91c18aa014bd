package io.corobridge.kotlin

import com.sun.management.ThreadMXBean
import io.corobridge.AsyncGenerator
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.lang.management.ManagementFactory

/** An element that is there costs no object. The thread's own count is exact, also of interpreted code. */
@Timeout(60)
class AllocationTest {
    private val threads = ManagementFactory.getThreadMXBean() as ThreadMXBean
    private val element = Any()

    private fun elements(count: Int): AsyncGenerator<Any, Any?> = asyncGenerator { repeat(count) { yield(element) } }

    /** What a run of many elements allocates beyond a run of few: less than a byte for each. */
    private fun assertNoneForEach(run: suspend (Int) -> Unit) {
        fun allocatedBy(count: Int): Long {
            val before = threads.currentThreadAllocatedBytes
            runBlocking { run(count) }
            return threads.currentThreadAllocatedBytes - before
        }
        // The first ones load classes and link call sites.
        allocatedBy(FEW)
        allocatedBy(MANY)
        val few = allocatedBy(FEW)
        assertThat(allocatedBy(MANY) - few).isLessThan((MANY - FEW).toLong())
    }

    @Test
    fun ofALoop() =
        assertNoneForEach { count ->
            var seen = 0
            for (each in elements(count)) {
                if (each === element) {
                    seen++
                }
            }
            check(seen == count)
        }

    @Test
    fun ofAFlowInSteps() =
        assertNoneForEach { count ->
            val flow = flow { repeat(count) { emit(element) } }
            for (each in flow.asAsyncGenerator()) {
                check(each === element)
            }
        }

    @Test
    fun ofAFlow() = assertNoneForEach { count -> elements(count).asFlow().collect { check(it === element) } }

    private companion object {
        const val FEW = 1_000
        const val MANY = 11_000
    }
}
