/**
 * Python's coroutine objects in Java: {@link io.corobridge.Coroutine}, {@link io.corobridge.Generator} and
 * {@link io.corobridge.AsyncGenerator}, and what belongs to them.
 *
 * <ul>
 *   <li>Bodies suspend with the handle that they are given: {@link io.corobridge.Co}, {@link io.corobridge.GeneratorCo},
 *       {@link io.corobridge.AsyncGeneratorCo}.
 *   <li>What can be awaited is an {@link io.corobridge.Awaitable}; {@link io.corobridge.Awaitables} makes them.
 *   <li>{@link io.corobridge.AsyncIterable} is looped over with {@code co.each(..)},
 *       {@link io.corobridge.AsyncContextManager} entered with {@code co.with(..)}.
 *   <li>Rules and messages are CPython 3.13's; identifiers in brackets, such as (A12), name the rule in
 *       {@code docs/protocol.md}.
 * </ul>
 */
@NullMarked
package io.corobridge;

import org.jspecify.annotations.NullMarked;
