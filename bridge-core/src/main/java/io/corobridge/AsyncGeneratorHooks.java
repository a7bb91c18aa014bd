package io.corobridge;

import io.corobridge.engine.Ambient;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code sys.set_asyncgen_hooks}: how an event loop gets to know of async generators, so that it can close them.
 *
 * <p>Hooks belong to a thread. A body on a thread of its own sees and sets those of the thread that steps it. A generator takes them
 * when its first step is asked for, awaited or not (D24).
 *
 * @param firstiter called once, with the generator, when its first step is asked for; what it raises is raised there
 * @param finalizer called instead of closing a generator that was dropped while suspended, after garbage collection and on a thread of
 *     the library. It gets another object for the same generator, to close that; dropped too, it is closed as without a hook
 */
public record AsyncGeneratorHooks(
        @Nullable Consumer<? super AsyncGenerator<?, ?>> firstiter,
        @Nullable Consumer<? super AsyncGenerator<?, ?>> finalizer) {
    private static final AsyncGeneratorHooks NONE = new AsyncGeneratorHooks(null, null);

    /**
     * The hooks of this thread.
     *
     * @return both null when none were set
     */
    public static AsyncGeneratorHooks get() {
        return Ambient.current().asyncGeneratorHooks() instanceof AsyncGeneratorHooks hooks ? hooks : NONE;
    }

    /**
     * Sets the hooks of this thread.
     *
     * @param hooks null for none
     */
    public static void set(@Nullable AsyncGeneratorHooks hooks) {
        Ambient.current().asyncGeneratorHooks(hooks);
    }
}
