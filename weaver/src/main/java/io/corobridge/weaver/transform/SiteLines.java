package io.corobridge.weaver.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down where each suspension point of a class stands, as text that is read only when somebody asks where a suspended body is:
 * the source file, then for each method its name and the lines of its suspension points.
 */
final class SiteLines {
    /** What surely fits into one constant, with room for characters of more than one byte. */
    private static final int LONGEST = 20_000;

    /** As in {@link StackTraceElement}. */
    private static final int UNKNOWN = -1;

    private SiteLines() {}

    static String of(@Nullable String sourceFile, List<MethodPlan> methods) {
        StringBuilder text = new StringBuilder(sourceFile == null ? "" : sourceFile);
        for (MethodPlan plan : methods) {
            text.append('\n').append(plan.method.name);
            int[] lines = new int[plan.sites.size()];
            for (Site site : plan.sites) {
                lines[site.number] = site.line;
            }
            for (int line : lines) {
                text.append('\t').append(line > 0 ? line : UNKNOWN);
            }
        }
        return text.length() > LONGEST ? "" : text.toString();
    }
}
