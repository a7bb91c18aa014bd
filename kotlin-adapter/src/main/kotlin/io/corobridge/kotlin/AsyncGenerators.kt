@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.AsyncGenerator

/**
 * Python's `async def` with a `yield`, with a body written in Kotlin: the same object as `AsyncGenerator.of` makes, without a
 * thread and without weaving. The body may call any suspend function, and awaits the protocol's objects with [await].
 *
 * Cold and single use. A null may be yielded. What the body raises is raised by the step, the same instance. `aclose()` raises
 * [io.corobridge.GeneratorExit] at the yield and waits for the clean-up, which may suspend. A step of it runs the body up to its
 * next yield, on the thread that takes the step; for what is raised while a suspend function is suspended, and for the context,
 * see [coroutine].
 *
 * @param Y what it yields
 * @param S what is sent to it
 * @param name the name for messages and `toString`
 * @param body what it runs
 * @return an async generator that has not started
 */
@JvmOverloads
public fun <Y, S> asyncGenerator(
    name: String = "async_generator",
    body: suspend AsyncGeneratorScope<Y, S>.() -> Unit,
): AsyncGenerator<Y, S> = AsyncGenerator.of(name, AsyncGeneratorBody(body))
