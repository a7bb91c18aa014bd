/** The weaver's command line, and what it shares with the annotation processor. */
@NullMarked
package io.corobridge.weaver;

import org.jspecify.annotations.NullMarked;
