package io.corobridge.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.nio.file.Path
import kotlin.io.path.readText

/** Each row of the part of `docs/signals.md` on Kotlin names tests that exist. */
class SignalTableTest {
    @Test
    fun rowsNameTests() {
        val table = Path.of("..", "docs", "signals.md").readText().substringAfter("## Kotlin coroutines\n")
        val rows = table.lines().filter { it.startsWith("| ") && !it.startsWith("| --- ") && !it.endsWith("| test |") }
        assertThat(rows).hasSizeGreaterThan(30).allSatisfy { assertThat(testsOf(it)).isNotEmpty }
        assertThat(rows.flatMap { testsOf(it) }).allSatisfy { (type, method) ->
            val test = Class.forName("${javaClass.packageName}.$type").getMethod(method)
            assertThat(test.isAnnotationPresent(Test::class.java)).isTrue
        }
    }

    /** In the last column; a class that is left out is that of the test before. */
    private fun testsOf(row: String): List<Pair<String, String>> {
        var type = ""
        return NAME
            .findAll(row.removeSuffix(" |").substringAfterLast(" | "))
            .map {
                type = it.groupValues[1].ifEmpty { type }
                type to it.groupValues[2]
            }.toList()
    }

    private companion object {
        val NAME = Regex("`(\\w*)\\.(\\w+)`")
    }
}
