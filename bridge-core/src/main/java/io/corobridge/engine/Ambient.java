package io.corobridge.engine;

import org.jspecify.annotations.Nullable;

/**
 * What the code of a body sees around it without being handed it: the context variables, who drives it, and the hooks of async generators.
 *
 * <p>Each thread that steps bodies has one. A body on a thread of its own is lent the one of the thread that steps it, for each of
 * its turns, so that both see and change the same. Confined to whoever has the turn, which publishes it.
 */
public final class Ambient {
    private static final ThreadLocal<@Nullable Ambient> CURRENT = new ThreadLocal<>();

    private @Nullable Object context;
    private @Nullable Object driver;
    private @Nullable Object asyncGeneratorHooks;

    /** Why the step that was just asked for is not taken; until it is told to who asked. */
    private @Nullable Throwable refusal;

    private Ambient() {}

    /**
     * The one of the calling code.
     *
     * @return it, made now if need be
     */
    public static Ambient current() {
        Ambient ambient = CURRENT.get();
        if (ambient == null) {
            ambient = new Ambient();
            CURRENT.set(ambient);
        }
        return ambient;
    }

    /** Lends it to the calling thread, which is a body's. */
    static void borrow(@Nullable Ambient lent) {
        CURRENT.set(lent);
    }

    /** The calling thread, which is a body's, has no turn and keeps nothing alive. */
    static void giveBack() {
        CURRENT.set(null);
    }

    /**
     * A context that has something put in place on the thread that runs in it. Whoever makes it current does that there; a body on a thread
     * of its own does it once more.
     */
    public interface Bindable {
        /**
         * Puts it in place on the calling thread.
         *
         * @return undoes it, on the same thread; null for nothing
         */
        @Nullable
        Runnable bind();
    }

    /** Puts in place on the calling thread what the current context asks for, and tells how to undo it; null for nothing. */
    static @Nullable Runnable bind(@Nullable Ambient lent) {
        return lent != null && lent.context instanceof Bindable bindable ? bindable.bind() : null;
    }

    /**
     * The current context.
     *
     * @return an {@code io.corobridge.Context}, or null when no variable was ever set here
     */
    public @Nullable Object context() {
        return context;
    }

    /**
     * Who drives the body that is running.
     *
     * @return an event loop or a driver, or null when the body is stepped by hand
     */
    public @Nullable Object driver() {
        return driver;
    }

    /**
     * Who is told of async generators.
     *
     * @return an {@code io.corobridge.AsyncGeneratorHooks}, or null when there are none
     */
    public @Nullable Object asyncGeneratorHooks() {
        return asyncGeneratorHooks;
    }

    /**
     * Changes the context. Whoever does restores the one that was there.
     *
     * @param entered the context to see from now on
     */
    public void context(@Nullable Object entered) {
        context = entered;
    }

    /**
     * Changes who drives. Whoever does restores who was there.
     *
     * @param entered the driver to see from now on
     */
    public void driver(@Nullable Object entered) {
        driver = entered;
    }

    /**
     * Changes who is told of async generators.
     *
     * @param hooks the hooks from now on, or null for none
     */
    public void asyncGeneratorHooks(@Nullable Object hooks) {
        asyncGeneratorHooks = hooks;
    }

    /**
     * Keeps what a step is refused with, which has no place in the object that another thread is stepping.
     *
     * @param error what the step is to raise
     */
    public void refusal(Throwable error) {
        refusal = error;
    }

    /**
     * Hands out what a step was refused with.
     *
     * @return what it is to raise, once; null when it was taken
     */
    public @Nullable Throwable takeRefusal() {
        Throwable taken = refusal;
        if (taken != null) {
            refusal = null;
        }
        return taken;
    }
}
