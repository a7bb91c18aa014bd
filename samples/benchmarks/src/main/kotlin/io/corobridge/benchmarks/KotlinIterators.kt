package io.corobridge.benchmarks

/** The peer of a generator: the counters of [Counters], as Kotlin's `iterator {}`. */
object KotlinIterators {
    @JvmStatic
    fun ofKind(kind: Int): Iterator<Long> =
        when (kind) {
            0 -> iterator { var n = 0L; while (true) yield(n++) }
            1 -> iterator { var n = 0L; while (true) yield(n--) }
            2 -> iterator { var n = 1L; while (true) { yield(n); n = n shl 1 or 1 } }
            else -> iterator { var a = 0L; var b = 1L; while (true) { yield(a); val next = a + b; a = b; b = next } }
        }

    /** Yields through [depth] levels of `yieldAll`. */
    @JvmStatic
    fun nested(depth: Int): Iterator<Long> =
        if (depth == 0) ofKind(0) else iterator { yieldAll(nested(depth - 1)) }
}
