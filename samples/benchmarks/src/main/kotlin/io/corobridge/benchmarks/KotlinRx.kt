package io.corobridge.benchmarks

import io.reactivex.rxjava3.core.Flowable
import io.reactivex.rxjava3.core.Single
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.rx3.asFlowable
import kotlinx.coroutines.rx3.await
import kotlinx.coroutines.rx3.rxSingle

/** What kotlinx-coroutines-rx3 has for the bridge to RxJava. */
object KotlinRx {
    @JvmStatic
    fun count(elements: Int): Flowable<Int> =
        flow {
            for (i in 0 until elements) {
                emit(i)
            }
        }.asFlowable()

    @JvmStatic
    fun sum(source: Flowable<Int>): Single<Int> =
        rxSingle(Dispatchers.Unconfined) {
            var sum = 0
            source.asFlow().collect { sum += it }
            sum
        }

    @JvmStatic
    fun awaited(source: Single<Int>): Single<Int> = rxSingle(Dispatchers.Unconfined) { source.await() }

    @JvmStatic
    fun awaitedThrice(source: Single<Int>): Single<Int> =
        rxSingle(Dispatchers.Unconfined) { source.await() + source.await() + source.await() }
}
