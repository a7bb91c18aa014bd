package io.corobridge.samples.pipeline.tour

/** Python's `print`, so that the programs print what they print there. */
internal fun print(vararg words: Any?) = println(words.joinToString(" ") { it?.toString() ?: "None" })
