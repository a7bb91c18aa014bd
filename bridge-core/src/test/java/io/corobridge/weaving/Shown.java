package io.corobridge.weaving;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values and exceptions as text that is the same in every run and on every engine. */
final class Shown {
    /** What the JVM composes from the bytecode for a null; that may differ. */
    private static final Pattern HELPFUL =
            Pattern.compile("(Cannot (invoke|read|assign|load|store|throw|enter|get)|because ).*", Pattern.DOTALL);

    /** Names of lambda classes and identity hash codes. */
    private static final Pattern UNSTABLE = Pattern.compile("(\\$\\$Lambda[$/0-9a-fx@]*)|(@[0-9a-f]{5,8}\\b)");

    /** The class loaders of the two runs have no names, but addresses. */
    private static final Pattern LOADER = Pattern.compile("loader [\\w.$']+ @[0-9a-f]+");

    private Shown() {}

    static String value(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Throwable error) {
            return error(error);
        }
        if (value.getClass().isArray()) {
            String deep = Arrays.deepToString(new Object[] {value});
            return deep.substring(1, deep.length() - 1);
        }
        String text = value instanceof String string
                ? '"' + string + '"'
                : value.getClass().getSimpleName() + " " + value;
        return stable(text);
    }

    /** Type, message, cause and what was suppressed. */
    static String error(Throwable error) {
        StringBuilder text = new StringBuilder(error.getClass().getName());
        String message = error.getMessage();
        boolean helpful = error instanceof NullPointerException
                && message != null
                && HELPFUL.matcher(message).matches();
        if (message != null && !helpful) {
            text.append(": ").append(stable(message));
        }
        if (error.getCause() != null) {
            text.append(" <- ").append(error(error.getCause()));
        }
        for (Throwable suppressed : error.getSuppressed()) {
            text.append(" + (").append(error(suppressed)).append(')');
        }
        return text.toString();
    }

    private static String stable(String text) {
        return UNSTABLE.matcher(LOADER.matcher(text).replaceAll("loader")).replaceAll("");
    }
}
