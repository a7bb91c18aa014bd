package io.corobridge.programs

import io.corobridge.AwaitIterator
import io.corobridge.Generator
import io.corobridge.kotlin.GeneratorScope
import io.corobridge.kotlin.await
import io.corobridge.kotlin.coroutine
import io.corobridge.kotlin.generator

/** Runs the bodies of a program by Kotlin code that suspends in the middle. */
internal object KotlinInterpreter : Bodies {
    /** What a block that ended by itself results in; anything else is what it returned. */
    private val nothing = Any()

    override fun make(
        world: World,
        k: Int,
        body: Program.Body,
    ): Any =
        if (body.isGenerator) {
            generator("b$k") { returned(generatorBlock(world, body.block())) }
        } else {
            coroutine("b$k") { returned(coroutineBlock(world, body.block())) }
        }

    private fun returned(result: Any?): Any? = if (result === nothing) null else result

    private suspend fun coroutineBlock(
        world: World,
        block: List<Statement>,
    ): Any? = interpret(world, block, { world.awaitable(it).await() }, { coroutineBlock(world, it) })

    private suspend fun GeneratorScope<Any?, Any?>.generatorBlock(
        world: World,
        block: List<Statement>,
    ): Any? = interpret(world, block, { suspendGenerator(world, it) }, { generatorBlock(world, it) })

    private suspend fun GeneratorScope<Any?, Any?>.suspendGenerator(
        world: World,
        at: Statement.Suspension,
    ): Any? {
        if (at is Statement.Yield) {
            return yield(at.n())
        }
        val target = world.iterable(at)
        @Suppress("UNCHECKED_CAST")
        return if (target is AwaitIterator<*>) yieldFrom(target) else yieldFrom(target as Generator<Any?, Any?, Any?>)
    }

    private inline fun interpret(
        world: World,
        block: List<Statement>,
        suspendAt: (Statement.Suspension) -> Any?,
        inner: (List<Statement>) -> Any?,
    ): Any? {
        for (statement in block) {
            var result: Any? = nothing
            when (statement) {
                is Statement.Suspension -> {
                    world.got(statement, suspendAt(statement))
                }

                is Statement.Plain -> {
                    world.run(statement)
                }

                is Statement.Try -> {
                    result = attempt(world, statement, inner)
                }

                is Statement.Twice -> {
                    var left = 2
                    while (result === nothing && left-- > 0) {
                        result = inner(statement.body())
                    }
                }

                is Statement.Raise -> {
                    throw Names.make(statement.type(), statement.n())
                }

                is Statement.Return -> {
                    result = statement.n()
                }
            }
            if (result !== nothing) {
                return result
            }
        }
        return nothing
    }

    private inline fun attempt(
        world: World,
        attempt: Statement.Try,
        inner: (List<Statement>) -> Any?,
    ): Any? {
        var result: Any? = nothing
        var raised: Throwable? = null
        try {
            result = handled(world, attempt, inner)
        } catch (e: Throwable) {
            raised = e
        }
        // Not `finally`, which Kotlin copies, with all it calls, into each way out.
        val last = attempt.last()
        if (last != null) {
            world.log("finally ${attempt.n()}")
            val replaced = inner(last)
            if (replaced !== nothing) {
                return replaced
            }
        }
        raised?.let { throw it }
        return result
    }

    private inline fun handled(
        world: World,
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
        val result = inner(attempt.handler())
        if (result === nothing && attempt.again()) {
            throw caught
        }
        return result
    }
}
