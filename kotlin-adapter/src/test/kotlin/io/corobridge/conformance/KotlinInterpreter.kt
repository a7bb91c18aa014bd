package io.corobridge.conformance

import io.corobridge.AwaitIterator
import io.corobridge.Generator
import io.corobridge.kotlin.AsyncGeneratorScope
import io.corobridge.kotlin.GeneratorScope
import io.corobridge.kotlin.asyncGenerator
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine
import io.corobridge.kotlin.generator
import io.corobridge.kotlin.iterator
import io.corobridge.kotlin.use

/** Runs a body of a program by Kotlin code that suspends in the middle. */
internal class KotlinInterpreter private constructor(
    private val world: World,
    private val kind: Program.Kind,
) {
    /** How a block ended that did not just come to its end: that is null. */
    private class Returned(
        val value: Any?,
    )

    private object Broken

    /** What the handlers caught, by the number of their statement. */
    private val handled = mutableMapOf<Int, Throwable>()

    private suspend fun GeneratorScope<Any?, Any?>.generatorBlock(block: List<Statement>): Any? =
        interpret(
            block,
            { yield(it) },
            { yieldsFrom(world.iterable(it)) },
            { generatorBlock(it) },
            { error("not in a generator: $it") },
        )

    private suspend fun GeneratorScope<Any?, Any?>.yieldsFrom(target: Any?): Any? =
        when (target) {
            is AwaitIterator<*> -> yieldFrom(target)
            is Generator<*, *, *> -> yieldFrom(@Suppress("UNCHECKED_CAST") (target as Generator<Any?, Any?, Any?>))
            else -> error("Kotlin cannot yield from $target")
        }

    /** Of a coroutine, or of an async generator: that has a scope. */
    private suspend fun asyncBlock(
        scope: AsyncGeneratorScope<Any?, Any?>?,
        block: List<Statement>,
    ): Any? =
        interpret(
            block,
            { scope!!.yield(it) },
            { world.awaitable(it).await() },
            { asyncBlock(scope, it) },
            { loopOrWith(scope, it) },
        )

    private suspend fun loopOrWith(
        scope: AsyncGeneratorScope<Any?, Any?>?,
        statement: Statement,
    ): Any? =
        when (statement) {
            is Statement.Loop -> loop(scope, statement)
            is Statement.With -> with(scope, statement)
            else -> error(statement)
        }

    private suspend fun loop(
        scope: AsyncGeneratorScope<Any?, Any?>?,
        loop: Statement.Loop,
    ): Any? {
        for (item in world.items(loop.items())) {
            world.log("${loop.n()} ${Names.shown(item)}")
            val ending = asyncBlock(scope, loop.body())
            if (ending != null) {
                return if (ending === Broken) null else ending
            }
        }
        return null
    }

    private suspend fun with(
        scope: AsyncGeneratorScope<Any?, Any?>?,
        with: Statement.With,
    ): Any? =
        world.manager(with.manager()).use {
            world.log("${with.n()} with ${if (with.manager() is Statement.Manager.Aclosing) "it" else it}")
            asyncBlock(scope, with.body())
        }

    private inline fun interpret(
        block: List<Statement>,
        yields: (Int) -> Any?,
        awaits: (Statement.Source) -> Any?,
        inner: (List<Statement>) -> Any?,
        other: (Statement) -> Any?,
    ): Any? {
        for (statement in block) {
            val ending: Any? =
                when (statement) {
                    is Statement.Yield -> {
                        world.got(statement.n(), yields(statement.n()))
                        null
                    }

                    is Statement.Await -> {
                        world.awaits(kind, statement.source())
                        world.got(statement.n(), awaits(statement.source()))
                        null
                    }

                    is Statement.Try -> {
                        attempt(statement, inner)
                    }

                    is Statement.Twice -> {
                        var left = 2
                        var round: Any? = null
                        while (round == null && left-- > 0) {
                            round = inner(statement.body())
                        }
                        if (round === Broken) null else round
                    }

                    is Statement.Raise -> {
                        throw Names.make(statement.type(), statement.n(), handled[statement.from()])
                    }

                    is Statement.Return -> {
                        Returned(statement.n())
                    }

                    is Statement.Break -> {
                        Broken
                    }

                    is Statement.Do -> {
                        world.take(statement.step())
                        null
                    }

                    is Statement.States -> {
                        world.log("${statement.n()} ${world.states()}")
                        null
                    }

                    else -> {
                        other(statement)
                    }
                }
            if (ending != null) {
                return ending
            }
        }
        return null
    }

    private inline fun attempt(
        attempt: Statement.Try,
        inner: (List<Statement>) -> Any?,
    ): Any? {
        var ending: Any? = null
        var raised: Throwable? = null
        try {
            ending = handled(attempt, inner)
        } catch (e: Throwable) {
            raised = e
        }
        // Not `finally`, which Kotlin copies, with all it calls, into each way out.
        val last = attempt.last()
        if (last != null) {
            world.log("${attempt.n()} fin")
            val replaced = inner(last)
            if (replaced != null) {
                return replaced
            }
        }
        raised?.let { throw it }
        return ending
    }

    private inline fun handled(
        attempt: Statement.Try,
        inner: (List<Statement>) -> Any?,
    ): Any? {
        val caught: Throwable
        try {
            return inner(attempt.body())
        } catch (e: Throwable) {
            caught = e
        }
        if (!Names.isCaught(caught, attempt.classes())) {
            throw caught
        }
        world.caught(attempt.n(), caught)
        handled[attempt.n()] = caught
        val ending = inner(attempt.handler())
        if (ending == null && attempt.again()) {
            throw caught
        }
        return ending
    }

    companion object Engine : Bodies {
        override fun make(
            world: World,
            k: Int,
            body: Program.Body,
        ): Any {
            val name = "b$k"
            return with(KotlinInterpreter(world, body.kind())) {
                when (body.kind()) {
                    Program.Kind.GENERATOR -> generator(name) { result(generatorBlock(body.block())) }
                    Program.Kind.COROUTINE -> coroutine(name) { result(asyncBlock(null, body.block())) }
                    Program.Kind.ASYNC_GENERATOR -> asyncGenerator<Any?, Any?>(name) { asyncBlock(this, body.block()) }
                }
            }
        }

        private fun result(ending: Any?): Any? = (ending as Returned?)?.value

        /** Kotlin's types refuse null where an awaitable, an iterator or an iterable is wanted. */
        override fun canExpress(program: Program): Boolean = program.bodies().none { hasNulls(it.block()) }

        private fun hasNulls(block: List<Statement>): Boolean = block.any(::hasNulls)

        private fun hasNulls(statement: Statement): Boolean =
            when (statement) {
                is Statement.Await -> {
                    statement.source() is Statement.Source.Nothing || statement.source() is Statement.Source.Slot
                }

                is Statement.Loop -> {
                    val items = statement.items()
                    hasNulls(statement.body()) ||
                        (items is Statement.Items.Foreign && items.mode() in setOf("noStep", "noIterator"))
                }

                is Statement.With -> {
                    val manager = statement.manager()
                    hasNulls(statement.body()) ||
                        (manager is Statement.Manager.Foreign && "none" in setOf(manager.enter(), manager.leave()))
                }

                is Statement.Try -> {
                    hasNulls(statement.body()) || hasNulls(statement.handler()) || hasNulls(statement.last().orEmpty())
                }

                is Statement.Twice -> {
                    hasNulls(statement.body())
                }

                else -> {
                    false
                }
            }
    }
}
