package io.corobridge.kotlin

import io.corobridge.AsyncGenerator
import io.corobridge.Awaitable
import io.corobridge.ContextVar
import io.corobridge.Coroutine
import io.corobridge.reactor.CoContext
import io.corobridge.reactor.CoFlux
import io.corobridge.reactor.CoMono
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.reactor.ReactorContext
import kotlinx.coroutines.reactor.asFlux
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.mono
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import reactor.core.publisher.Mono
import reactor.util.context.Context
import reactor.util.context.ContextView

/** Reactor's Context crosses between coroutine contexts and the protocol's bodies. */
class ReactorContextTest {
    private fun userOf(context: ContextView?): String? = context?.getOrDefault<String>("user", null)

    /** A publisher that tells the Context that it is subscribed with. */
    private val subscribed: Mono<String> = Mono.deferContextual { Mono.just(userOf(it) ?: "nobody") }

    /** What the running body and whatever it awaits know, in Java. */
    private fun inJava(): Coroutine<List<String?>> =
        Coroutine.of { co ->
            val seen = mutableListOf(userOf(CoContext.current()), co.await(subscribed))
            co.await(coroutine { yield() } as Awaitable<Unit>)
            seen += userOf(CoContext.current())
            seen += co.await(inKotlin())
            seen
        }

    /** The same of a suspend function, which may be called from anywhere. */
    private suspend fun seen(): List<String?> {
        suspend fun look() =
            listOf(
                userOf(currentCoroutineContext()[ReactorContext]?.context),
                subscribed.awaitSingle(),
                subscribed.await(),
                coroutine { userOf(CoContext.current()) }.await(),
            )
        val fast = look()
        delay(1)
        return fast + look()
    }

    private fun inKotlin(): Coroutine<List<String?>> = coroutine { seen() }

    private fun knows(
        user: String,
        seen: List<String?>,
    ) {
        assertThat(seen).hasSizeGreaterThan(3).containsOnly(user)
    }

    @Test
    fun theOneOfAKotlinCoroutineReachesWhatItAwaits() {
        for (dispatcher in listOf(Dispatchers.Unconfined, Dispatchers.Default)) {
            val all =
                mono(dispatcher) {
                    val fast = inJava().await() + seen()
                    delay(1)
                    fast + inJava().await() + inKotlin().await()
                }
            knows("ann", all.contextWrite(Context.of("user", "ann")).block()!!)
        }
    }

    @Test
    fun theOneOfAMonoReachesTheSuspendFunctionsOfItsBody() {
        val body =
            coroutine {
                val elsewhere = withContext(Dispatchers.Default) { seen() + inJava().await() }
                val launched = mutableListOf<String?>()
                launchIn { launched += seen() }
                seen() + elsewhere + launched
            }
        knows("ann", CoMono.from(body).contextWrite(Context.of("user", "ann")).block()!!)
        knows("ann", CoMono.from(inJava()).contextWrite(Context.of("user", "ann")).block()!!)
    }

    private suspend fun launchIn(block: suspend () -> Unit) = kotlinx.coroutines.coroutineScope { launch { block() } }

    @Test
    fun itReachesTheStepsOfLoopsAndFlows() {
        val users: () -> AsyncGenerator<String, Any?> = {
            asyncGenerator {
                yield(userOf(CoContext.current())!!)
                yield(subscribed.await()!!)
                delay(1)
                yield(userOf(currentCoroutineContext()[ReactorContext]?.context)!!)
                yield(subscribed.awaitSingle())
            }
        }
        val looped =
            mono {
                val all = mutableListOf<String?>()
                for (user in users()) {
                    all += user
                }
                all + users().asFlow().toList() + users().asFlow().flowOn(Dispatchers.Default).toList()
            }
        knows("ann", looped.contextWrite(Context.of("user", "ann")).block()!!)
        val flux = asyncGenerator<String, Any?> { yield(subscribed.await()!!) }.asFlow().asFlux()
        assertThat(flux.contextWrite(Context.of("user", "bob")).blockLast()).isEqualTo("bob")
        val all = CoFlux.from(users())
        knows("eve", all.contextWrite(Context.of("user", "eve")).collectList().block()!!)
    }

    @Test
    fun itReachesAFlowThatABodyLoopsOver() {
        val user = ContextVar.of<String?>("user", null)
        val flow =
            flow {
                emit(user.get())
                seen().forEach { emit(it) }
            }
        for (source in listOf(flow.asAsyncIterable(), flow.asAsyncGenerator())) {
            val body =
                coroutine {
                    user.set("ann")
                    val all = mutableListOf<String?>()
                    for (element in source) {
                        all += element
                    }
                    all
                }
            knows("ann", CoMono.from(body).contextWrite(Context.of("user", "ann")).block()!!)
        }
    }

    @Test
    fun whatWasChangedLastIsSeen() {
        val body =
            coroutine {
                val changed =
                    CoContext.write { it.put("user", "bob") }.use {
                        withContext(Dispatchers.Default) { coroutine { userOf(CoContext.current()) }.await() }
                    }
                val replaced =
                    withContext(Dispatchers.Default + ReactorContext(Context.of("user", "eve"))) {
                        coroutine { userOf(CoContext.current()) }.await()
                    }
                listOf(changed, replaced, userOf(CoContext.current()))
            }
        val seen = CoMono.from(body).contextWrite(Context.of("user", "ann")).block()!!
        assertThat(seen).containsExactly("bob", "eve", "ann")
    }

    @Test
    fun nothingIsThereWithoutOne() =
        runBlocking<Unit> {
            assertThat(coroutine { currentCoroutineContext()[ReactorContext] }.await()).isNull()
            assertThat(coroutine { CoContext.current().isEmpty }.await()).isTrue()
            assertThat(CoMono.from(coroutine { currentCoroutineContext()[ReactorContext] == null }).block()).isTrue()
        }
}
