package io.corobridge.kotlin

import io.corobridge.AwaitIterator
import io.corobridge.Generator
import kotlin.coroutines.RestrictsSuspension

/**
 * What the body of a [generator] is given: Python's `yield` and `yield from`. The only suspend functions that the body may call
 * are these, and extensions of this type; another one is a compile error.
 *
 * @param Y what the body yields
 * @param S what is sent to it
 */
@RestrictsSuspension
public sealed interface GeneratorScope<Y, S> {
    /**
     * Python's `yield value`: suspends the body; what is raised in the generator is raised here.
     *
     * @param value what the caller of `next` or `send` gets
     * @return what was sent; null for `next`
     */
    public suspend fun yield(value: Y): S?

    /**
     * Python's `yield from generator`: what is sent or raised goes to it until it ends. However deep such a chain is, a step
     * costs the same.
     *
     * @param generator what to yield from; it may have been started, or have ended (then the result is null)
     * @return what it returned
     */
    public suspend fun <R> yieldFrom(generator: Generator<out Y, in S, R>): R

    /**
     * Python's `yield from iterable`: a new iterator of it is yielded from.
     *
     * @param iterable what to yield from
     */
    public suspend fun yieldFrom(iterable: Iterable<Y>)

    /**
     * Python's `yield from iterator`. The iterator may also implement [AwaitIterator.Sends], [AwaitIterator.Raises] and
     * [AutoCloseable]; otherwise a value sent is an [io.corobridge.AttributeError] here (C01), and what is raised is raised here
     * (C03).
     *
     * @param iterator what to yield from
     */
    public suspend fun yieldFrom(iterator: Iterator<Y>)

    /**
     * Python's `yield from` for an awaitable's iterator, as bodies of generator-based coroutines need it.
     *
     * @param iterator what to yield from
     * @return the value of its [io.corobridge.StopIteration]
     */
    public suspend fun <R> yieldFrom(iterator: AwaitIterator<R>): R
}
