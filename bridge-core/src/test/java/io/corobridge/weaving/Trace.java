package io.corobridge.weaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened in one run of a body, in order; every exception with the lines of the body at which it was raised. */
public final class Trace {
    /** A run that logs more than this goes round in circles. */
    private static final int LIMIT = 10_000;

    /** The first frame of what was not raised by the classes under test themselves. */
    private static final String ELSEWHERE = "elsewhere";

    /**
     * One thing that happened.
     *
     * @param text what
     * @param frames for each exception in it, the frames of the classes under test, innermost first
     */
    record Event(String text, List<List<String>> frames) {
        @Override
        public String toString() {
            return frames.isEmpty() ? text : text + " " + frames;
        }
    }

    private final Set<String> classes;
    private final List<Event> events = new ArrayList<>();

    /** Read by threads of bodies that are closed after the run. */
    private volatile boolean over;

    /**
     * Makes an empty one.
     *
     * @param classes the binary names of the classes under test
     */
    Trace(Set<String> classes) {
        this.classes = classes;
    }

    void add(String text) {
        append(new Event(text, List.of()));
    }

    void add(String what, Throwable error) {
        List<List<String>> frames = new ArrayList<>();
        collect(error, frames);
        append(new Event(what + " " + Shown.error(error), frames));
    }

    /** The run is over: what bodies that it left suspended do later, when they are collected, is no part of it. */
    void end() {
        over = true;
    }

    private void append(Event event) {
        if (over) {
            return;
        }
        if (events.size() == LIMIT) {
            throw new IllegalStateException("a run without an end: " + events.subList(0, 20));
        }
        events.add(event);
    }

    /**
     * The frames of the classes under test. What was raised by others, such as the library or a method that the weaver
     * made in place of a lambda's adapter, begins with {@link #ELSEWHERE}.
     */
    private void collect(Throwable error, List<List<String>> frames) {
        List<String> own = new ArrayList<>();
        boolean first = true;
        for (StackTraceElement element : error.getStackTrace()) {
            String className = element.getClassName();
            boolean ofPlatform = className.startsWith("java.") || className.startsWith("jdk.");
            if (classes.contains(className) && !element.getMethodName().contains("$co$")) {
                own.add(className + "." + element.getMethodName() + ":" + element.getLineNumber());
            } else if (first && !ofPlatform) {
                own.add(ELSEWHERE);
            }
            first &= ofPlatform;
        }
        frames.add(own);
        if (error.getCause() != null) {
            collect(error.getCause(), frames);
        }
        for (Throwable suppressed : error.getSuppressed()) {
            collect(suppressed, frames);
        }
    }

    /** Where a suspended body stands: the class, method and line, unless that is the library or the tests' own support. */
    String place(StackTraceElement frame) {
        return classes.contains(frame.getClassName())
                ? frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber()
                : ELSEWHERE;
    }

    List<Event> events() {
        return events;
    }

    /**
     * Compares with the trace of another engine. A body that was resumed has no callers on its stack, so what it raises may lack
     * outer frames; where it was raised, and all frames that are there, have to be right.
     *
     * @param expected what plain Java does, on a thread of its own
     * @return what differs, or null
     */
    @Nullable
    String differenceFrom(Trace expected) {
        int size = Math.max(events.size(), expected.events.size());
        for (int i = 0; i < size; i++) {
            Event mine = i < events.size() ? events.get(i) : null;
            Event other = i < expected.events.size() ? expected.events.get(i) : null;
            if (mine == null || other == null || !same(mine, other)) {
                return "before:   " + events.subList(Math.max(0, i - 6), Math.min(i, events.size()))
                        + "\nexpected: " + other
                        + "\nactual:   " + mine;
            }
        }
        return null;
    }

    private static boolean same(Event mine, Event expected) {
        if (!mine.text.equals(expected.text) || mine.frames.size() != expected.frames.size()) {
            return false;
        }
        for (int i = 0; i < mine.frames.size(); i++) {
            if (!isStartOf(mine.frames.get(i), expected.frames.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStartOf(List<String> mine, List<String> expected) {
        boolean raisedElsewhere = mine.contains(ELSEWHERE);
        List<String> own = raisedElsewhere ? mine.subList(1, mine.size()) : mine;
        List<String> all = expected.contains(ELSEWHERE) ? expected.subList(1, expected.size()) : expected;
        return own.size() <= all.size()
                && (raisedElsewhere || own.isEmpty() == all.isEmpty())
                && own.equals(all.subList(0, own.size()));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event).append('\n'));
        return text.toString();
    }
}
