package io.corobridge.sight;

import io.corobridge.CoroutineState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a coroutine, generator or async generator that had not ended. It does not keep it alive.
 *
 * @param id numbers them in the order in which they were made, from 1. Negative, and only good for this one dump, when it was made before
 *     tracking was switched on, and something that was made later awaits it
 * @param kind what it is
 * @param name the class that it was written in and its name, as {@code qualifiedName()} tells
 * @param state its state; an async generator is suspended while a step of it waits for something
 * @param place the innermost call in it, with class, method, file and line as far as they are known; null while it runs,
 *     and of the library's own
 * @param awaited the ids of those that it waits for: of the one that it awaits, or of those in the tasks that it awaits
 * @param children the ids of the tasks in its {@link io.corobridge.asyncio.TaskGroup}s, which end before it goes on behind their block,
 *     whether it waits for that already or for something else
 * @param waitsFor what it waits for, as text: the source of its {@link io.corobridge.Pending}. Null when it awaits another coroutine, and when
 *     it waits for nothing
 * @param ageMillis how long ago it was made; -1 when that is not known
 * @param task the name of the task that drives it, or null
 */
public record LiveCoroutine(
        long id,
        BodyKind kind,
        String name,
        CoroutineState state,
        @Nullable StackTraceElement place,
        List<Long> awaited,
        List<Long> children,
        @Nullable String waitsFor,
        long ageMillis,
        @Nullable String task) {}
