/**
 * Drivers: how a coroutine is run when nobody steps it by hand. For adapters and event loops; applications use an adapter.
 *
 * <p>{@link io.corobridge.drive.Driver} steps a body, waits for what it awaits, and resumes it with the outcome.
 */
@NullMarked
package io.corobridge.drive;

import org.jspecify.annotations.NullMarked;
