/** A reactive pipeline whose stages are coroutines: daily weather read from a file, repaired, averaged and cut into months. */
@NullMarked
package io.corobridge.samples.pipeline;

import org.jspecify.annotations.NullMarked;
