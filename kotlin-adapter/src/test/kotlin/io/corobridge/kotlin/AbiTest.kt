package io.corobridge.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.jetbrains.kotlin.abi.tools.AbiFilters
import org.jetbrains.kotlin.abi.tools.AbiTools
import org.junit.jupiter.api.Test
import java.io.File

/**
 * The binary interface is the one in `api/`. When it is meant to change, run the test with `-Dabi.update` and commit the file with
 * the change.
 */
class AbiTest {
    @Test
    fun isAsRecorded() {
        val classes =
            File(
                coroutineClass()
                    .protectionDomain.codeSource.location
                    .toURI(),
            )
        val dump = StringBuilder()
        AbiTools.getInstance(AbiTools::class.java.classLoader).printJvmDump(
            dump,
            classes
                .walk()
                .filter {
                    it.extension ==
                        "class"
                }.asIterable(),
            AbiFilters.EMPTY,
        )
        val recorded = File("api/corobridge-kotlin.api")
        if (System.getProperty("abi.update") != null) {
            recorded.parentFile.mkdirs()
            recorded.writeText(dump.toString())
        }
        assertThat(dump.toString()).isEqualTo(recorded.readText())
    }

    private fun coroutineClass() = DiscardHook::class.java
}
