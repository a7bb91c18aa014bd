/** News on a screen: an API whose methods are Java coroutines, and the model of the screen, which is Kotlin. */
@NullMarked
package io.corobridge.samples.android;

import org.jspecify.annotations.NullMarked;
