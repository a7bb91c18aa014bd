package io.corobridge.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * What a loop's exception handler is told: the {@code context} of {@code call_exception_handler} in Python.
 *
 * @param message what was going on, as asyncio words it
 * @param exception what was raised, or null
 * @param source the task, future or async generator it concerns, or its description where it is no more; or null
 */
public record ExceptionContext(
        String message,
        @Nullable Throwable exception,
        @Nullable Object source) {}
