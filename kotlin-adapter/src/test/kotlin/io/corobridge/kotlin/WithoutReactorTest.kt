package io.corobridge.kotlin

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.net.URL
import java.util.Enumeration
import java.util.concurrent.Callable

/** Nothing breaks where Reactor, its adapter or kotlinx-coroutines-reactor is missing. */
class WithoutReactorTest {
    @ParameterizedTest
    @ValueSource(
        strings = [
            "kotlinx.coroutines.reactor.",
            "io.corobridge.reactor.",
            "kotlinx.coroutines.reactor. io.corobridge.reactor. reactor.",
        ],
    )
    fun bodiesAwaitsAndLoopsRun(missing: String) {
        val loader = Lacking(missing.split(" "))
        val present =
            setOf(
                "kotlinx.coroutines.reactor.ReactorContext",
                "io.corobridge.reactor.CoContext",
            ).filter(loader::has)
        assertThat(present.map { it.substringBeforeLast('.') + "." }).doesNotContainAnyElementsOf(missing.split(" "))
        val program = loader.loadClass(Program::class.java.name).getDeclaredConstructor().newInstance()
        assertThat((program as Callable<*>).call()).isEqualTo(listOf(1, 2, 3, 4))
    }

    /** Loaded where something is missing. */
    class Program : Callable<List<Int>> {
        override fun call(): List<Int> =
            runBlocking {
                val all = mutableListOf<Int>()
                val numbers =
                    asyncGenerator<Int, Any?> {
                        yield(coroutine { 1 }.await())
                        delay(1)
                        yield(2)
                    }
                for (number in numbers) {
                    all += number
                }
                all += flowOf(3).asAsyncIterable().asFlow().toList()
                all + coroutine { flowOf(4).asAsyncIterable().asFlow().toList() }.await()
            }
    }

    /** Loads everything anew, except for these packages. */
    private class Lacking(
        private val missing: List<String>,
    ) : ClassLoader(getPlatformClassLoader()) {
        private val all = Lacking::class.java.classLoader

        override fun findClass(name: String): Class<*> {
            val file =
                if (missing.any(name::startsWith)) {
                    null
                } else {
                    all.getResourceAsStream(name.replace('.', '/') + ".class")
                }
            val bytes = file?.use { it.readBytes() } ?: throw ClassNotFoundException(name)
            return defineClass(name, bytes, 0, bytes.size)
        }

        override fun findResources(name: String): Enumeration<URL> = all.getResources(name)

        fun has(name: String): Boolean =
            try {
                loadClass(name)
                true
            } catch (_: ClassNotFoundException) {
                false
            }
    }
}
