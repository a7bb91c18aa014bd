/**
 * The bridge to Kotlin: coroutines and async generators as suspend functions, Flow, Deferred and Job, these awaited and
 * iterated in coroutines, and bodies written in Kotlin. Nothing of it is here yet.
 */
@NullMarked
package io.corobridge.kotlin;

import org.jspecify.annotations.NullMarked;
