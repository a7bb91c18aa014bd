package io.corobridge.kotlin

/**
 * What the body of an [asyncGenerator] is given: Python's `yield`.
 *
 * @param Y what the body yields
 * @param S what is sent to it
 */
public sealed interface AsyncGeneratorScope<Y, S> {
    /**
     * Python's `yield value`: ends the step that is awaited outside, with this value, and suspends the body; what `athrow` raises is
     * raised here. As with `emit` of a flow, a coroutine that the body has launched, or `withContext` with another dispatcher,
     * must not call it: that is a [io.corobridge.RuntimeError].
     *
     * @param value the result of the step
     * @return what `asend` sent; null for `anext`
     */
    public suspend fun yield(value: Y): S?
}
