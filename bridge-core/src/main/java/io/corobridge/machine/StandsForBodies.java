package io.corobridge.machine;

import java.util.List;

/**
 * An await of something in whose place other bodies run: a task, or the future that gathers several. Asked by whoever looks at what is
 * suspended, from any thread: the answer is best effort.
 */
public interface StandsForBodies {
    /**
     * What it stands for.
     *
     * @return coroutines, and steps of async generators; each once
     */
    List<?> bodies();
}
