/**
 * The weaver: a javac annotation processor that is to rewrite coroutine bodies, when they are compiled, so that they can
 * suspend without holding a thread. Nothing of it is here yet; until it is, every body runs on a thread of its own.
 */
@NullMarked
package io.corobridge.weaver;

import org.jspecify.annotations.NullMarked;
