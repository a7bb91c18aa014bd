package io.corobridge.streams;

/** The arithmetic of {@code request(n)}, and the errors of who breaks the rules. */
final class Demand {
    private Demand() {}

    static long add(long before, long n) {
        long sum = before + n;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** One element less, unless there is no bound. */
    static long takeOne(long before) {
        return before == Long.MAX_VALUE ? before : before - 1;
    }

    static IllegalArgumentException refused(long n) {
        return new IllegalArgumentException("§3.9: request(" + n + "), but n must be positive");
    }

    static NullPointerException nullSignal(String signal, Object publisher) {
        return new NullPointerException(signal + " by " + publisher + ": §2.13");
    }

    static NullPointerException nullYielded() {
        return new NullPointerException("a null was yielded: Reactive Streams has no null elements (§2.13)");
    }
}
