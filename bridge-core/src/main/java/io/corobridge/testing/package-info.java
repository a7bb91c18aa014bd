/**
 * For unit tests: step a coroutine by hand and check what it says, and run event loops without waiting.
 *
 * <p>{@link io.corobridge.testing.Steps} needs neither mocks nor a clock nor a test framework.
 */
@NullMarked
package io.corobridge.testing;

import org.jspecify.annotations.NullMarked;
