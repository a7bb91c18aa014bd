/**
 * The state machine: one implementation of Python's rules for coroutines, generators and async generators. Not exported.
 *
 * <p>{@link io.corobridge.machine.Machine} is one body and its state, {@link io.corobridge.machine.Chain} steps it together with
 * what it delegates to, and the {@code ..Object} classes are the objects that users hold. Rule numbers in comments (A12, C06)
 * are those of {@code docs/protocol.md}.
 */
@NullMarked
package io.corobridge.machine;

import org.jspecify.annotations.NullMarked;
