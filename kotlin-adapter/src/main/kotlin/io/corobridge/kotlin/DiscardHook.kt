package io.corobridge.kotlin

import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/**
 * Gets what was produced and can reach nobody: the result of an await that comes after the cancel, and elements that were fetched
 * ahead and not consumed. Put it in the coroutine context to close resources there.
 *
 * @property action is given each such value, never null, on whatever thread; it may not throw
 */
public class DiscardHook(
    private val action: (Any) -> Unit,
) : AbstractCoroutineContextElement(Key) {
    internal fun discard(value: Any?) {
        if (value != null) {
            action(value)
        }
    }

    /** The key of the hook in a context. */
    public companion object Key : CoroutineContext.Key<DiscardHook>
}
