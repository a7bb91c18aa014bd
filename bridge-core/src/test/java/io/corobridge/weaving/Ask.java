package io.corobridge.weaving;

import io.corobridge.Pending;

/**
 * What the bodies under test await: it suspends, shows a label, and knows the answer that a well-meaning driver gives.
 *
 * @param <T> the answer
 */
public final class Ask<T> extends Pending<T> {
    private final Probe probe;
    private final T answer;

    Ask(Probe probe, T answer) {
        this.probe = probe;
        this.answer = answer;
    }

    T answer() {
        return answer;
    }

    @Override
    public Object source() {
        return Shown.value(answer);
    }

    @Override
    protected void open() {
        probe.started(this);
    }

    @Override
    protected void release() {
        probe.note("released " + source());
    }

    void complete() {
        settle(answer);
    }

    void fail(Throwable error) {
        settleFailed(error);
    }
}
