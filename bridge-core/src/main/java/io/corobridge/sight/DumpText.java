package io.corobridge.sight;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes a dump as text. A chain of a million needs neither a deep stack nor long lines. */
final class DumpText {
    private static final int DEEPEST_INDENT = 24;
    private static final String INDENT = String.join("", Collections.nCopies(DEEPEST_INDENT, "    "));

    private final CoroutineDump dump;
    private final StringBuilder text = new StringBuilder();
    private final Set<Long> written = new HashSet<>();
    private final Deque<Entry> open = new ArrayDeque<>();

    private record Entry(LiveCoroutine coroutine, int depth) {}

    DumpText(CoroutineDump dump) {
        this.dump = dump;
    }

    String text() {
        List<LiveCoroutine> all = dump.coroutines();
        if (!dump.tracked()) {
            return "coroutines are not tracked: use Coroutines.track(true) or -Dcorobridge.track=true\n";
        }
        text.append(all.size()).append(all.size() == 1 ? " coroutine\n" : " coroutines\n");
        dump.roots().forEach(this::block);
        // Tasks that await each other in a circle have no root.
        all.stream().filter(each -> !written.contains(each.id())).forEach(this::block);
        return text.toString();
    }

    private void block(LiveCoroutine root) {
        if (written.contains(root.id())) {
            return;
        }
        text.append('\n');
        open.push(new Entry(root, 0));
        while (!open.isEmpty()) {
            Entry entry = open.pop();
            LiveCoroutine coroutine = entry.coroutine();
            String indent = INDENT.substring(0, 4 * Math.min(entry.depth(), DEEPEST_INDENT));
            if (!written.add(coroutine.id())) {
                line(indent, number(coroutine) + ", see there");
                continue;
            }
            write(coroutine, indent);
            push(coroutine.children(), entry.depth() + 1);
            push(coroutine.awaited(), entry.depth() + 1);
        }
    }

    /** The first is to be written first, so it is pushed last. */
    private void push(List<Long> ids, int depth) {
        for (int i = ids.size() - 1; i >= 0; i--) {
            LiveCoroutine next = dump.find(ids.get(i));
            if (next != null) {
                open.push(new Entry(next, depth));
            }
        }
    }

    private void write(LiveCoroutine coroutine, String indent) {
        line(
                indent,
                number(coroutine) + " " + coroutine.kind() + " " + coroutine.name()
                        + (coroutine.task() == null ? "" : ", task '" + coroutine.task() + "'")
                        + ", " + coroutine.state().name().toLowerCase(Locale.ROOT)
                        + (coroutine.ageMillis() < 0 ? "" : ", " + coroutine.ageMillis() + " ms"));
        if (coroutine.place() != null) {
            line(indent, "  at " + coroutine.place());
        }
        if (coroutine.waitsFor() != null) {
            line(indent, "  waits for " + coroutine.waitsFor());
        }
    }

    private static String number(LiveCoroutine coroutine) {
        return coroutine.id() > 0 ? "#" + coroutine.id() : "older #" + -coroutine.id();
    }

    private void line(String indent, String line) {
        text.append(indent).append(line).append('\n');
    }
}
