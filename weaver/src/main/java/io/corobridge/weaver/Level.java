package io.corobridge.weaver;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How loudly something is said. */
public enum Level {
    /** Not at all. */
    OFF,
    /** As a note. */
    NOTE,
    /** As a warning, which fails a build under {@code -Werror}. */
    WARN,
    /** As an error. */
    ERROR;

    /**
     * The level that an option names.
     *
     * @param text {@code off}, {@code note}, {@code warn} or {@code error}
     * @return the level, or null when it is none
     */
    public static @Nullable Level parse(String text) {
        for (Level level : values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(text)) {
                return level;
            }
        }
        return null;
    }
}
