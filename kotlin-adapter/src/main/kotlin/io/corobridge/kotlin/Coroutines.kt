@file:JvmName("CoKotlin")
@file:JvmMultifileClass

package io.corobridge.kotlin

import io.corobridge.Coroutine

/**
 * Python's `async def`, with a body written in Kotlin: the same object as `Coroutine.of` makes, without a thread and without
 * weaving. The body may call any suspend function, and awaits the protocol's objects with [await].
 *
 * Cold and single use: nothing runs before the first step. A body that returns [Unit] has the result null. What the body raises
 * is raised by the step, the same instance.
 *
 * When it is closed, or something is raised in it, while a suspend function is suspended, that function is cancelled through its
 * Job, and [io.corobridge.GeneratorExit] or what was raised takes the place of its CancellationException once it has ended; if it
 * fails with something else, that is raised instead. Afterwards the body may suspend again, so that its `finally` can await as in
 * Python; a `coroutineScope` inside the body stays cancelled, as always in Kotlin. A function that does not end at once when
 * it is cancelled needs the awaited close: `close()` by hand says "ignored GeneratorExit" for it.
 *
 * The body runs on the thread that takes the step, never on the thread that resumes it. It starts in the coroutine context of the
 * Kotlin coroutine that drives it, without its Job; what it launches runs on that one's dispatcher, else where it is resumed.
 *
 * @param R its result
 * @param name the name for messages and `toString`
 * @param body what it runs; from Java, a lambda that is given the Continuation
 * @return a coroutine that has not started
 */
@JvmOverloads
public fun <R> coroutine(
    name: String = "coroutine",
    body: suspend () -> R,
): Coroutine<R> = Coroutine.of(name, CoroutineBody(body))
