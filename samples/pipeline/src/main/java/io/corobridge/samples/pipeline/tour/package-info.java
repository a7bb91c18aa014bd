/**
 * The guided tour: short programs, one for each feature of the protocol and each bridge, in the order to learn them. They are about other things
 * than what may be null.
 */
@NullUnmarked
package io.corobridge.samples.pipeline.tour;

import org.jspecify.annotations.NullUnmarked;
