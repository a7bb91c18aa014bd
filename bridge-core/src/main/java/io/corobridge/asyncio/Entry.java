package io.corobridge.asyncio;

import io.corobridge.Context;

/** Something that a loop does once, in a context: a callback or the step of a task. */
abstract class Entry {
    final Context context;

    Entry(Context context) {
        this.context = context;
    }

    /** Does it; what it throws ends the run of the loop. */
    abstract void call();
}
