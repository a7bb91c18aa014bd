@file:JvmName("WithKotlin")

package io.corobridge.samples.pipeline.styles

import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.reactive.awaitFirstOrNull
import kotlinx.coroutines.reactive.awaitSingle
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.seconds

/** The task of `docs/coming-from.md` with Kotlin's own coroutines. */
suspend fun quote(shop: Shop): String {
    val session = shop.open().awaitSingle()
    try {
        return withTimeout(30.seconds) {
            val price = async { session.price().awaitSingle() }
            val stock = async { session.stock().awaitSingle() }
            "${stock.await()} at ${price.await()}"
        }
    } finally {
        withContext(NonCancellable) { session.close().awaitFirstOrNull() }
    }
}
