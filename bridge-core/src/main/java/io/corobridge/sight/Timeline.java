package io.corobridge.sight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Collects what a {@link Tracer} tells, and what is noted beside it, and renders it as text or as a picture.
 *
 * <p>Texts of values are made when they are told. It grows without limit. May be used from all threads; what two threads tell at the same
 * moment comes in any order.
 */
public final class Timeline implements TraceListener {
    /**
     * One line.
     *
     * @param nanoTime when
     * @param thread on which thread
     * @param body the id of the body whose line it is; 0 for a note
     * @param lane the body's name, or whose note it is
     * @param text what happened
     * @param runs whether it begins (1) or ends (-1) the running of a body, or neither
     * @param awaited the id of the body that is awaited, or 0
     */
    record Line(long nanoTime, String thread, long body, String lane, String text, int runs, long awaited) {}

    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

    /** Makes one with nothing in it. */
    public Timeline() {}

    @Override
    public void happened(TraceEvent event) {
        boolean enters = switch (event.action()) {
            case START, RESUME, RAISE, CLOSE -> true;
            default -> false;
        };
        lines.add(new Line(
                event.nanoTime(),
                event.thread(),
                event.id(),
                event.name(),
                event.text(),
                enters ? 1 : -1,
                event.awaited()));
    }

    /**
     * Notes what somebody else does: a subscriber, for example.
     *
     * @param who whose line it is
     * @param what what happens
     */
    public void note(String who, String what) {
        lines.add(new Line(System.nanoTime(), Thread.currentThread().getName(), 0, who, what, 0, 0));
    }

    /** The lines so far, with a number behind the names of bodies that are not the first of their name. */
    List<Line> lines() {
        List<Line> told = new ArrayList<>(lines);
        Map<Long, String> names = numbered(told);
        List<Line> named = new ArrayList<>(told.size());
        for (Line line : told) {
            String awaited = names.get(line.awaited());
            named.add(new Line(
                    line.nanoTime(),
                    line.thread(),
                    line.body(),
                    names.getOrDefault(line.body(), line.lane()),
                    awaited == null ? line.text() : "awaits " + awaited,
                    line.runs(),
                    line.awaited()));
        }
        return named;
    }

    private static Map<Long, String> numbered(List<Line> lines) {
        Map<Long, String> names = new HashMap<>();
        Map<String, Integer> used = new HashMap<>();
        for (Line line : lines) {
            if (line.body() != 0 && !names.containsKey(line.body())) {
                int number = used.merge(line.lane(), 1, Integer::sum);
                names.put(line.body(), number == 1 ? line.lane() : line.lane() + " " + number);
            }
        }
        return names;
    }

    /**
     * The timeline as text: a line for each event, with the milliseconds since the first, who, and what.
     *
     * @return some lines
     */
    public String text() {
        return render(true);
    }

    /**
     * As {@link #text()}, without the times: what is the same in each run.
     *
     * @return some lines
     */
    public String textWithoutTimes() {
        return render(false);
    }

    private String render(boolean timed) {
        List<Line> all = lines();
        int widest = 0;
        for (Line line : all) {
            widest = Math.max(widest, line.lane().length());
        }
        StringBuilder text = new StringBuilder();
        for (Line line : all) {
            if (timed) {
                double millis = (line.nanoTime() - all.get(0).nanoTime()) / 1e6;
                text.append(String.format(Locale.ROOT, "%10.3f ms  ", millis));
            }
            text.append(String.format(Locale.ROOT, "%-" + widest + "s  %s%n", line.lane(), line.text()));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /**
     * The timeline as a picture: a lane for each body, time from top to bottom, an arrow where one makes another one run. It is readable on
     * light and dark pages.
     *
     * @param title says what it shows
     * @return an SVG document
     */
    public String svg(String title) {
        return new TimelineSvg(title, lines()).document();
    }
}
