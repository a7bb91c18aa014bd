@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.Generator

/**
 * Python's generator function, with a body written in Kotlin: the same object as `Generator.of` makes, without a thread and
 * without weaving.
 *
 * Cold and single use: nothing runs before the first step. A body that returns [Unit] has the result null. What the body raises
 * is raised by the step, the same instance. `close()` raises [io.corobridge.GeneratorExit] at the yield; a generator that is
 * dropped while suspended is closed after garbage collection. The body runs on the thread that takes the step, one at a time.
 *
 * @param Y what it yields
 * @param S what is sent to it
 * @param R what it returns
 * @param name the name for messages and `toString`
 * @param body what it runs
 * @return a generator that has not started
 */
@JvmOverloads
public fun <Y, S, R> generator(
    name: String = "generator",
    body: suspend GeneratorScope<Y, S>.() -> R,
): Generator<Y, S, R> = Generator.of(name, GeneratorBody(body))
