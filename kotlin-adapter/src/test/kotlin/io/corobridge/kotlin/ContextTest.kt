package io.corobridge.kotlin

import io.corobridge.Context
import io.corobridge.ContextVar
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asContextElement
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.startCoroutine

/** Context variables, elements of the coroutine context and thread-locals cross, whether anything suspends or not. */
class ContextTest {
    private val user = ContextVar.of<String?>("user", null)
    private val local = ThreadLocal<String?>()

    /** A context with this user. */
    private fun contextOf(name: String): Context = Context().also { it.run { user.set(name) } }

    /** What a body sees, before and after it was suspended by an await of the protocol and by a foreign suspend function. */
    private fun seen(look: () -> String?) =
        coroutine {
            val seen = mutableListOf(look())
            coroutine { yield() }.await()
            seen += look()
            delay(1)
            seen += look()
            seen
        }

    @Test
    fun contextVariablesOfTheCallerAreThoseOfWhatItAwaits() =
        runBlocking<Unit>(Dispatchers.Default + contextOf("ann").asContextElement()) {
            assertThat(user.get()).isEqualTo("ann")
            delay(1)
            assertThat(user.get()).isEqualTo("ann")
            assertThat(coroutine { user.get() }.await()).isEqualTo("ann")
            assertThat(seen { user.get() }.await()).containsExactly("ann", "ann", "ann")
        }

    @Test
    fun whatIsSetIsSetInACopy() {
        val context = contextOf("ann")
        runBlocking {
            withContext(context.asContextElement()) {
                delay(1)
                user.set("bob")
                delay(1)
                assertThat(user.get()).isEqualTo("bob")
            }
            assertThat(user.get()).isNull()
        }
        context.run { assertThat(user.get()).isEqualTo("ann") }
    }

    @Test
    fun whatIsLaunchedAndWhatIsAwaitedHasACopy() =
        runBlocking<Unit>(contextOf("ann").asContextElement()) {
            launch {
                delay(1)
                assertThat(user.get()).isEqualTo("ann")
                user.set("bob")
            }.join()
            coroutine { user.set("eve") }.await()
            assertThat(user.get()).isEqualTo("ann")
        }

    @Test
    fun whatABodyCallsAndLaunchesElsewhereHasItsContextVariables() {
        val body =
            coroutine {
                user.set("bob")
                val elsewhere =
                    withContext(Dispatchers.Default) {
                        val launched = mutableListOf<String?>()
                        launch { launched += user.get() }.join()
                        launched + user.get()
                    }
                elsewhere + user.get()
            }
        contextOf("ann").run {
            runBlocking(Context.copyContext().asContextElement()) {
                assertThat(body.await()).containsExactly("bob", "bob", "bob")
            }
        }
    }

    @Test
    fun contextVariablesOfAnotherDriverAreThoseOfTheBody() {
        val source = Source()
        val body =
            coroutine {
                val seen = mutableListOf(user.get())
                source.await()
                seen += user.get()
                seen += withContext(Dispatchers.Unconfined) { user.get() }
                seen
            }
        val recorder = Recorder(body)
        contextOf("ann").run { recorder.start() }
        source.complete(null)
        recorder.tells("returned [ann, ann, ann]")
        assertThat(user.get()).isNull()
    }

    @Test
    fun threadLocalsOfTheCallerAreThoseOfWhatItAwaits() =
        runBlocking<Unit>(Dispatchers.Default + local.asContextElement("ann")) {
            assertThat(coroutine { local.get() }.await()).isEqualTo("ann")
            assertThat(seen { local.get() }.await()).containsExactly("ann", "ann", "ann")
        }

    @Test
    fun nothingIsNeededWithoutADispatcher() {
        val results = mutableListOf<Result<String?>>()
        val body: suspend () -> String? = { coroutine { user.get() }.await() }
        contextOf("ann").run {
            body.startCoroutine(Continuation(EmptyCoroutineContext) { results += it })
        }
        assertThat(results.single().getOrThrow()).isEqualTo("ann")
    }
}
