package io.corobridge.conformance;

import java.util.List;

/** Random numbers that are the same for a seed on every Java version: SplitMix64. */
final class Dice {
    private long state;

    Dice(long seed) {
        state = seed;
    }

    /** From 0 to bound - 1. */
    int below(int bound) {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (int) Math.floorMod(z ^ (z >>> 31), (long) bound);
    }

    int between(int least, int most) {
        return least + below(most - least + 1);
    }

    boolean percent(int chance) {
        return below(100) < chance;
    }

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }
}
