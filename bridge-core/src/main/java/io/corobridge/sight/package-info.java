/**
 * Sight into what is suspended and what happens: {@link io.corobridge.sight.Coroutines} lists the bodies that have not ended, and
 * {@link io.corobridge.sight.Tracer} records what bodies do. Both cost nothing until they are switched on.
 */
@NullMarked
package io.corobridge.sight;

import org.jspecify.annotations.NullMarked;
