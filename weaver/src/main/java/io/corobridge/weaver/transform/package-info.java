/** Rewrites class files so that methods which are given a handle can suspend without a thread. */
@NullMarked
package io.corobridge.weaver.transform;

import org.jspecify.annotations.NullMarked;
