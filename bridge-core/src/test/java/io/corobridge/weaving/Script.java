package io.corobridge.weaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * How a body is driven: an action for some steps, counted from the first as 0, and {@link Action#GO} for the others.
 *
 * @param byDriver whether a Driver steps it, and the script completes, fails or cancels
 * @param actions by the number of the step
 */
public record Script(boolean byDriver, Map<Integer, Action> actions) {
    private static final List<Action> FIRST = List.of(Action.values()).subList(1, Action.values().length);
    private static final List<Action> AGAIN = List.of(Action.RAISE, Action.CLOSE);
    private static final List<Action> DRIVEN = List.of(Action.RAISE, Action.RAISE_CHECKED, Action.CLOSE);

    Action at(int step) {
        return actions.getOrDefault(step, Action.GO);
    }

    public static Script plain(boolean byDriver) {
        return new Script(byDriver, Map.of());
    }

    /** What ends a body done once at every suspension point. */
    static List<Script> ends(int steps) {
        List<Script> scripts = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            for (Action action : AGAIN) {
                scripts.add(new Script(false, Map.of(step, action)));
            }
        }
        return scripts;
    }

    /** Everything done once at every suspension point, and what ends a body done at every pair of them. */
    public static List<Script> around(int steps, int pairs) {
        List<Script> scripts = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            for (Action action : FIRST) {
                scripts.add(new Script(false, Map.of(step, action)));
            }
            for (Action action : DRIVEN) {
                scripts.add(new Script(true, Map.of(step, action)));
            }
            // The clean-up of the first is a suspension point of the second.
            for (int next = step + 1; next <= Math.min(step + 3, steps) && step < pairs; next++) {
                for (Action first : AGAIN) {
                    for (Action second : AGAIN) {
                        scripts.add(new Script(false, Map.of(step, first, next, second)));
                    }
                }
            }
        }
        return scripts;
    }

    /** A few at random. */
    public static List<Script> random(Random random, int steps, int count) {
        List<Script> scripts = new ArrayList<>();
        scripts.add(plain(false));
        for (int i = 1; i < count; i++) {
            Map<Integer, Action> actions = new TreeMap<>();
            int many = 1 + random.nextInt(3);
            boolean byDriver = random.nextInt(5) == 0;
            List<Action> among = byDriver ? DRIVEN : FIRST;
            for (int j = 0; j < many; j++) {
                actions.put(random.nextInt(steps + 2), among.get(random.nextInt(among.size())));
            }
            scripts.add(new Script(byDriver, actions));
        }
        return scripts;
    }
}
