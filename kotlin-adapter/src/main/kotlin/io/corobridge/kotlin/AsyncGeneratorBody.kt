package io.corobridge.kotlin

import io.corobridge.AsyncGenerator
import io.corobridge.AsyncGeneratorCo
import io.corobridge.FrameSupport
import io.corobridge.engine.Frame
import io.corobridge.engine.FrameBody
import io.corobridge.engine.Frames
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.createCoroutineUnintercepted
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/** The body of an async generator, to be run any number of times. */
internal class AsyncGeneratorBody<Y, S>(
    private val body: suspend AsyncGeneratorScope<Y, S>.() -> Unit,
) : AsyncGenerator.Body<Y, S>,
    FrameBody {
    override fun run(co: AsyncGeneratorCo<Y, S>): Unit = throw IllegalStateException("runs as a frame")

    override fun newFrame(): Frame = AsyncGeneratorFrame(body)
}

/** A body that yields what the flow emits. */
internal fun <T> yieldsOf(flow: Flow<T>): AsyncGeneratorBody<T, Any?> =
    AsyncGeneratorBody { flow.collect(this as AsyncGeneratorFrame) }

/** One run of an async generator's body. */
private class AsyncGeneratorFrame<Y, S>(
    private val body: suspend AsyncGeneratorScope<Y, S>.() -> Unit,
) : CoroutineFrame(),
    AsyncGeneratorScope<Y, S>,
    FlowCollector<Y> {
    override fun create(): Continuation<Unit> = body.createCoroutineUnintercepted(this, this)

    override suspend fun yield(value: Y): S? =
        suspendCoroutineUninterceptedOrReturn { continuation -> suspendWith(value, continuation) }

    private fun suspendWith(
        value: Y,
        continuation: Continuation<*>,
    ): Any? {
        if (BodyInterceptor.bodyOf(continuation) !== this) {
            throw FrameSupport.outsideBody(handle)
        }
        checkInside()
        Frames.yields(handle, value)
        suspendedAt(continuation)
        return COROUTINE_SUSPENDED
    }

    /** Without a state machine for each element, as a lambda that ignores what [yield] returns would have. */
    override suspend fun emit(value: Y): Unit =
        suspendCoroutineUninterceptedOrReturn { continuation -> suspendWith(value, continuation) }
}
