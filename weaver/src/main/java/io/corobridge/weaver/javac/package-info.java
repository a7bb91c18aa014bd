/**
 * The weaver inside javac. {@link io.corobridge.weaver.javac.WeaverProcessor} weaves;
 * {@link io.corobridge.weaver.javac.WeaverPlugin} tells when it was not run. Both start by themselves when
 * {@code corobridge-weaver} is on the annotation processor path.
 */
@NullMarked
package io.corobridge.weaver.javac;

import org.jspecify.annotations.NullMarked;
