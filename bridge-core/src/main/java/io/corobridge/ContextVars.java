package io.corobridge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variables and values of a {@link Context}: an immutable hash table that is copied when it changes, so that copying a context
 * costs nothing. Immutable, and so safe on every thread.
 */
final class ContextVars {
    static final ContextVars EMPTY = new ContextVars(new Object[4], 0);

    /** Variables at even places, each with its value behind it; a power of two of places, at most half of them full. */
    private final @Nullable Object[] table;

    private final int size;

    private ContextVars(@Nullable Object[] table, int size) {
        this.table = table;
        this.size = size;
    }

    int size() {
        return size;
    }

    /** The place of a variable, or of the gap where it would stand. */
    private static int place(@Nullable Object[] table, ContextVar<?> var) {
        int mask = table.length - 2;
        int place = (var.hash << 1) & mask;
        while (table[place] != null && table[place] != var) {
            place = (place + 2) & mask;
        }
        return place;
    }

    boolean contains(ContextVar<?> var) {
        return table[place(table, var)] == var;
    }

    /** The value of a variable, null when it has none. */
    @Nullable
    Object get(ContextVar<?> var) {
        return table[place(table, var) + 1];
    }

    ContextVars with(ContextVar<?> var, @Nullable Object value) {
        int place = place(table, var);
        boolean added = table[place] == null;
        if (added && (size + 1) * 4 > table.length) {
            return grown().with(var, value);
        }
        @Nullable Object[] copy = table.clone();
        copy[place] = var;
        copy[place + 1] = value;
        return new ContextVars(copy, added ? size + 1 : size);
    }

    private ContextVars grown() {
        return rebuilt(table.length * 2, null);
    }

    ContextVars without(ContextVar<?> var) {
        return contains(var) ? rebuilt(table.length, var) : this;
    }

    /** Gaps matter to whoever looks for a variable, so taking one out means to put all the others in again. */
    private ContextVars rebuilt(int length, @Nullable ContextVar<?> left) {
        @Nullable Object[] copy = new Object[length];
        int kept = 0;
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] instanceof ContextVar<?> var && var != left) {
                int place = place(copy, var);
                copy[place] = var;
                copy[place + 1] = table[i + 1];
                kept++;
            }
        }
        return new ContextVars(copy, kept);
    }

    List<ContextVar<?>> variables() {
        List<ContextVar<?>> variables = new ArrayList<>(size);
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] instanceof ContextVar<?> var) {
                variables.add(var);
            }
        }
        return variables;
    }
}
