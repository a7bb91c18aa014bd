package io.corobridge.weaving;

import io.corobridge.Awaitable;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import org.jspecify.annotations.Nullable;

/** Runs a coroutine by a Driver; a script completes, fails or cancels at each await that the driver has started. */
final class Driven implements Host<Object> {
    private final Trace trace;
    private boolean over;

    private Driven(Trace trace) {
        this.trace = trace;
    }

    /** Runs it to its end, or until the script has taken so many steps; returns how many it took. */
    static int run(Awaitable<?> awaitable, Script script, Probe probe, Trace trace, int limit) {
        Driven host = new Driven(trace);
        Driver<Object> driver = Driver.of(awaitable, host);
        driver.start();
        int step = 0;
        boolean cancelled = false;
        while (!host.over && step < limit) {
            Ask<?> ask = probe.takeStarted();
            if (ask == null) {
                trace.add("nothing started");
                break;
            }
            step++;
            Action action = script.at(step);
            if (action.raises()) {
                ask.fail(action.error(step));
            } else if (action == Action.CLOSE && !cancelled) {
                cancelled = true;
                driver.cancel();
            } else {
                ask.complete();
            }
        }
        return step;
    }

    @Override
    public void returned(@Nullable Object result) {
        over = true;
        trace.add("host: returned " + Shown.value(result));
    }

    @Override
    public void raised(Throwable error) {
        over = true;
        trace.add("host: raised", error);
    }

    @Override
    public void cancelled(@Nullable Object result, @Nullable Throwable error) {
        over = true;
        trace.add("host: cancelled " + Shown.value(result) + " " + Shown.value(error));
    }
}
