package io.corobridge.sight;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@link Coroutines#dump()} has seen; {@code toString} makes a text of it.
 *
 * <p>Immutable. Each coroutine was looked at by itself, so one that was stepped meanwhile may be seen before that step and what it awaits
 * after it.
 */
public final class CoroutineDump {
    private final Map<Long, LiveCoroutine> byId = new LinkedHashMap<>();
    private final boolean tracked;

    CoroutineDump(List<LiveCoroutine> coroutines, boolean tracked) {
        coroutines.forEach(each -> byId.put(each.id(), each));
        this.tracked = tracked;
    }

    /**
     * All that were seen.
     *
     * @return oldest first, then those that were made before tracking was switched on; not to be changed
     */
    public List<LiveCoroutine> coroutines() {
        return List.copyOf(byId.values());
    }

    /**
     * Whether coroutines were tracked. Without that, none is seen.
     *
     * @return whether tracking was on
     */
    public boolean tracked() {
        return tracked;
    }

    /**
     * Those that nobody in this dump awaits, and that are in nobody's task group.
     *
     * @return oldest first; not to be changed
     */
    public List<LiveCoroutine> roots() {
        Set<Long> below = parents().keySet();
        List<LiveCoroutine> roots = new ArrayList<>(byId.values());
        roots.removeIf(each -> below.contains(each.id()));
        return Collections.unmodifiableList(roots);
    }

    /** For each that is below another one, the first of those. */
    Map<Long, Long> parents() {
        Map<Long, Long> parents = new HashMap<>();
        for (LiveCoroutine each : byId.values()) {
            each.awaited().forEach(id -> parents.putIfAbsent(id, each.id()));
        }
        for (LiveCoroutine each : byId.values()) {
            each.children().forEach(id -> parents.putIfAbsent(id, each.id()));
        }
        return parents;
    }

    /**
     * A coroutine, what it awaits, what that awaits, and so on. Of several that are awaited at a time, the first.
     *
     * @param outermost where to begin
     * @return from there to the innermost; not to be changed
     */
    public List<LiveCoroutine> chain(LiveCoroutine outermost) {
        return chain(outermost, Integer.MAX_VALUE);
    }

    List<LiveCoroutine> chain(LiveCoroutine outermost, int most) {
        List<LiveCoroutine> chain = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        LiveCoroutine next = outermost;
        while (next != null && chain.size() < most && seen.add(next.id())) {
            chain.add(next);
            next = next.awaited().isEmpty() ? null : find(next.awaited().get(0));
        }
        return List.copyOf(chain);
    }

    /**
     * One of them.
     *
     * @param id its id
     * @return null when there is none
     */
    public @Nullable LiveCoroutine find(long id) {
        return byId.get(id);
    }

    /**
     * The dump as text: a block for each root, with what it awaits and the tasks in its groups indented below it.
     *
     * @return some lines
     */
    @Override
    public String toString() {
        return new DumpText(this).text();
    }
}
