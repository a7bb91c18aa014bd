package io.corobridge.kotlin

import io.corobridge.AwaitIterator
import io.corobridge.Generator
import io.corobridge.GeneratorCo
import io.corobridge.engine.Frame
import io.corobridge.engine.FrameBody
import io.corobridge.engine.Frames
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.createCoroutineUnintercepted
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/** The body of a generator, to be run any number of times. */
internal class GeneratorBody<Y, S, R>(
    private val body: suspend GeneratorScope<Y, S>.() -> R,
) : Generator.Body<Y, S, R>,
    FrameBody {
    override fun run(co: GeneratorCo<Y, S>): R = throw IllegalStateException("runs as a frame")

    override fun newFrame(): Frame = GeneratorFrame(body)
}

/** One run of a generator's body. It suspends only by [yield] and [yieldFrom], which the compiler sees to. */
private class GeneratorFrame<Y, S>(
    private val body: suspend GeneratorScope<Y, S>.() -> Any?,
) : KotlinFrame(),
    GeneratorScope<Y, S> {
    override val context: CoroutineContext
        get() = EmptyCoroutineContext

    override fun create(): Continuation<Unit> = body.createCoroutineUnintercepted(this, this)

    override fun endedBehindOurBack(result: Result<Any?>): Unit = checkInside()

    override suspend fun yield(value: Y): S? =
        suspendCoroutineUninterceptedOrReturn { continuation ->
            checkInside()
            Frames.yields(handle, value)
            suspendedAt(continuation)
            COROUTINE_SUSPENDED
        }

    override suspend fun <R> yieldFrom(generator: Generator<out Y, in S, R>): R = delegate(generator)

    override suspend fun yieldFrom(iterable: Iterable<Y>) = delegate<Unit>(iterable.iterator())

    override suspend fun yieldFrom(iterator: Iterator<Y>) = delegate<Unit>(iterator)

    override suspend fun <R> yieldFrom(iterator: AwaitIterator<R>): R = delegate(iterator)

    private suspend fun <R> delegate(target: Any): R =
        suspendCoroutineUninterceptedOrReturn { continuation ->
            checkInside()
            Frames.delegates(handle, target)
            suspendedAt(continuation)
            COROUTINE_SUSPENDED
        }
}
