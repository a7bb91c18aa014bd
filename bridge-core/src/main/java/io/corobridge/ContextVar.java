package io.corobridge;

import io.corobridge.engine.Ambient;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code contextvars.ContextVar} (PEP 567): a variable that has a value of its own in each {@link Context}.
 *
 * <p>Make one once, for a static field. Safe on every thread; which value {@link #get()} sees depends on the context that is
 * current there: see {@link Context} for who shares one and who gets a copy.
 *
 * @param <T> the value
 */
public final class ContextVar<T extends @Nullable Object> {
    private static final AtomicInteger NEXT_HASH = new AtomicInteger();

    /** Numbers that follow each other: variables that are used together hardly ever collide. */
    final int hash = NEXT_HASH.getAndIncrement();

    private final String name;
    private final boolean hasDefault;
    private final @Nullable T defaultValue;

    private ContextVar(String name, boolean hasDefault, @Nullable T defaultValue) {
        this.name = Objects.requireNonNull(name, "name");
        this.hasDefault = hasDefault;
        this.defaultValue = defaultValue;
    }

    /**
     * Makes a variable without a default.
     *
     * @param <T> the value
     * @param name for messages
     * @return a variable that has no value in any context
     */
    public static <T extends @Nullable Object> ContextVar<T> of(String name) {
        return new ContextVar<>(name, false, null);
    }

    /**
     * Makes a variable with a default.
     *
     * @param <T> the value
     * @param name for messages
     * @param defaultValue its value in each context in which it was not set
     * @return a variable
     */
    public static <T extends @Nullable Object> ContextVar<T> of(String name, T defaultValue) {
        return new ContextVar<>(name, true, defaultValue);
    }

    /**
     * Python's {@code name}.
     *
     * @return the name it was made with
     */
    public String name() {
        return name;
    }

    /**
     * The value in the current context.
     *
     * @return the value that was set there, else the default
     * @throws LookupError when there is neither
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
    public T get() {
        Context context = (Context) Ambient.current().context();
        if (context != null && context.vars().contains(this)) {
            return (T) context.vars().get(this);
        }
        if (!hasDefault) {
            throw new LookupError(toString());
        }
        return defaultValue;
    }

    /**
     * The value in the current context, or another one.
     *
     * @param absent the result when the variable was not set there, also when it has a default
     * @return a value
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
    public T get(T absent) {
        Context context = (Context) Ambient.current().context();
        return context != null && context.vars().contains(this)
                ? (T) context.vars().get(this)
                : absent;
    }

    /**
     * Sets the value in the current context.
     *
     * @param value the new value
     * @return for {@link #reset}: it knows what was there before
     */
    public Token<T> set(T value) {
        Context context = Context.current();
        ContextVars vars = context.vars();
        Token<T> token = new Token<>(this, context, vars.contains(this), vars.get(this));
        context.vars(vars.with(this, value));
        return token;
    }

    /**
     * Gives the variable the value that it had before the {@link #set} that returned the token, or none.
     *
     * @param token used once, in the context in which it was made
     * @throws RuntimeError when the token was used before
     * @throws ValueError when it belongs to another variable or another context
     */
    public void reset(Token<T> token) {
        if (token.used) {
            throw new RuntimeError(token + " has already been used once");
        }
        if (token.var != this) {
            throw new ValueError(token + " was created by a different ContextVar");
        }
        Context context = (Context) Ambient.current().context();
        if (context == null || token.context != context) {
            throw new ValueError(token + " was created in a different Context");
        }
        token.used = true;
        ContextVars vars = context.vars();
        context.vars(token.wasSet ? vars.with(this, token.oldValue) : vars.without(this));
    }

    @Override
    public String toString() {
        return "<ContextVar name='" + name + "'" + (hasDefault ? " default=" + defaultValue : "") + " at 0x"
                + Integer.toHexString(System.identityHashCode(this)) + ">";
    }

    /**
     * What {@link #set} returns.
     *
     * @param <T> the variable's value
     */
    public static final class Token<T extends @Nullable Object> {
        private final ContextVar<T> var;
        private final Context context;
        private final boolean wasSet;
        private final @Nullable Object oldValue;
        private boolean used;

        private Token(ContextVar<T> var, Context context, boolean wasSet, @Nullable Object oldValue) {
            this.var = var;
            this.context = context;
            this.wasSet = wasSet;
            this.oldValue = oldValue;
        }

        /**
         * The variable that was set.
         *
         * @return the variable
         */
        public ContextVar<T> var() {
            return var;
        }

        /**
         * Python's {@code old_value}; where Python has {@code Token.MISSING}, null.
         *
         * @return the value before the set, or null when there was none
         */
        @SuppressWarnings("unchecked")
        public @Nullable T oldValue() {
            return (T) oldValue;
        }

        @Override
        public String toString() {
            return "<Token" + (used ? " used" : "") + " var=" + var + " at 0x"
                    + Integer.toHexString(System.identityHashCode(this)) + ">";
        }
    }
}
