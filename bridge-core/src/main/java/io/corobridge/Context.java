package io.corobridge;

import io.corobridge.engine.Ambient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code contextvars.Context} (PEP 567): the values of all {@link ContextVar context variables} as one piece of code sees
 * them.
 *
 * <p>Each thread has a current one. A task copies it when it is made and runs in the copy, and so does each subscription to a
 * coroutine as a Mono, a Single or another cold type; awaited coroutines, generators and async generators share the one of whoever
 * steps them (H01). That holds on every engine, also where a body runs on a thread of its own. Copying costs the same however many
 * variables there are.
 *
 * <p>Confined to one thread at a time: code runs in it on one thread only, and whoever hands it to another publishes it safely.
 */
public final class Context implements Ambient.Bindable {
    private ContextVars vars;
    private boolean entered;
    private @Nullable Binding binding;
    private @Nullable Runnable unbind;

    /** Makes an empty one: in it, every variable has its default. */
    public Context() {
        this(ContextVars.EMPTY);
    }

    private Context(ContextVars vars) {
        this.vars = vars;
    }

    /**
     * Python's {@code contextvars.copy_context()}.
     *
     * @return a new context with the values of the current one
     */
    public static Context copyContext() {
        Context current = (Context) Ambient.current().context();
        return current == null ? new Context() : current.copy();
    }

    /**
     * The current context itself: what is changed in it is changed for the calling code.
     *
     * @return the context of this thread, or of the body that is running; made now if need be
     */
    public static Context current() {
        Ambient ambient = Ambient.current();
        Context current = (Context) ambient.context();
        if (current == null) {
            current = new Context();
            ambient.context(current);
        }
        return current;
    }

    /**
     * Python's {@code Context.copy()}.
     *
     * @return a new context with the same values
     */
    public Context copy() {
        Context copy = new Context(vars);
        copy.binding = binding;
        return copy;
    }

    /**
     * Has something put in place whenever code runs in this context or a copy of it, such as values of thread-locals. Where a body
     * has a thread of its own, it is done on both: on the thread that steps it, and on the body's for as long as it runs.
     *
     * @param bound what is to be done, in the place of what was given before
     */
    public void onEnter(Binding bound) {
        this.binding = Objects.requireNonNull(bound, "bound");
    }

    /**
     * Puts in place what {@link #onEnter} was given. For drivers, which make this context current themselves.
     *
     * @return to be run when the code has ended; null for nothing
     */
    @Override
    public @Nullable Runnable bind() {
        Binding known = binding;
        return known == null ? null : known.enter();
    }

    /** What {@link #onEnter} takes. */
    @FunctionalInterface
    public interface Binding {
        /**
         * Called when the context has become current.
         *
         * @return to be run on the same thread when it is no longer
         */
        Runnable enter();
    }

    /**
     * Python's {@code Context.run}: runs code in this context. What it changes stays in it.
     *
     * @param code what to run
     * @throws RuntimeError when this context is current already, here or further out
     */
    public void run(Runnable code) {
        Ambient ambient = Ambient.current();
        Context outer = enter(ambient);
        try {
            code.run();
        } finally {
            leave(ambient, outer);
        }
    }

    /**
     * As {@link #run}, for code with a result.
     *
     * @param <T> the result
     * @param code what to run
     * @return its result
     * @throws Exception what it raised
     * @throws RuntimeError when this context is current already, here or further out
     */
    public <T extends @Nullable Object> T call(Callable<T> code) throws Exception {
        Ambient ambient = Ambient.current();
        Context outer = enter(ambient);
        try {
            return code.call();
        } finally {
            leave(ambient, outer);
        }
    }

    private @Nullable Context enter(Ambient ambient) {
        if (entered) {
            throw new RuntimeError("cannot enter context: " + this + " is already entered");
        }
        entered = true;
        Context outer = (Context) ambient.context();
        ambient.context(this);
        try {
            unbind = bind();
        } catch (Throwable e) {
            ambient.context(outer);
            entered = false;
            throw e;
        }
        return outer;
    }

    private void leave(Ambient ambient, @Nullable Context outer) {
        Runnable undo = unbind;
        try {
            if (undo != null) {
                unbind = null;
                undo.run();
            }
        } finally {
            ambient.context(outer);
            entered = false;
        }
    }

    /**
     * Python's {@code context[var]}, or its {@code get} with None for a default.
     *
     * @param <T> the value
     * @param var a variable
     * @return its value in this context, whichever is current; null when it has none
     */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(ContextVar<T> var) {
        return (T) vars.get(var);
    }

    /**
     * Python's {@code var in context}.
     *
     * @param var a variable
     * @return whether it was set in this context
     */
    public boolean contains(ContextVar<?> var) {
        return vars.contains(var);
    }

    /**
     * The variables that were set in this context.
     *
     * @return an unmodifiable list, in no particular order
     */
    public List<ContextVar<?>> variables() {
        return List.copyOf(vars.variables());
    }

    ContextVars vars() {
        return vars;
    }

    void vars(ContextVars changed) {
        vars = changed;
    }

    @Override
    public String toString() {
        return "<Context object at 0x" + Integer.toHexString(System.identityHashCode(this)) + ">";
    }
}
