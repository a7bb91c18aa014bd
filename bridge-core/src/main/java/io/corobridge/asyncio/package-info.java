/**
 * Python's {@code asyncio}: event loops, tasks, futures, structured concurrency, locks and queues.
 *
 * <p>{@link io.corobridge.asyncio.Asyncio} has the functions. They work under {@link io.corobridge.asyncio.Asyncio#run}, and just
 * as well in a coroutine that is driven as a Mono, a Single or a suspend function: whoever drives a body is a running event loop
 * and a current task for it.
 */
@NullMarked
package io.corobridge.asyncio;

import org.jspecify.annotations.NullMarked;
