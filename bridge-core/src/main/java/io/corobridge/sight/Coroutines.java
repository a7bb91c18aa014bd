package io.corobridge.sight;

import io.corobridge.CoroutineState;
import io.corobridge.machine.BodySight;
import io.corobridge.machine.Tracker;
import io.corobridge.platform.Probe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lists the coroutines, generators and async generators that have not ended: what a thread dump is for threads.
 *
 * <p>Off at first, which costs nothing. On, with {@link #track} or {@code -Dcorobridge.track=true}, each object costs when it is made and when it
 * ends, its steps nothing; {@code docs/sight.md} has figures. What is tracked is not kept alive by that.
 *
 * <p>May be called from any thread at any time. Nothing here waits for a body or makes one wait.
 *
 * <p>Where the JDK's Flight Recorder is, a recording has an event {@code io.corobridge.Coroutine} for each of them every ten seconds, or
 * as its settings say, while they are tracked.
 */
public final class Coroutines {
    private static final boolean HAS_FLIGHT_RECORDER = Probe.hasClass("jdk.jfr.FlightRecorder");

    private Coroutines() {}

    /**
     * Switches tracking on or off, for all threads.
     *
     * @param on true for what is made from now on; false forgets what is tracked
     */
    public static void track(boolean on) {
        if (on && HAS_FLIGHT_RECORDER) {
            CoroutineEvents.register();
        }
        Tracker.listLive(on);
    }

    /**
     * Whether coroutines are tracked.
     *
     * @return true for those that are made now
     */
    public static boolean isTracked() {
        return Tracker.listsLive();
    }

    /**
     * Looks at all that are tracked and have not ended, and at what they await.
     *
     * @return what there was to see. The {@code toString} of what they wait for was called, once each, on this thread and without a lock
     */
    public static CoroutineDump dump() {
        boolean tracked = isTracked();
        List<BodySight> bodies = BodySight.all();
        Map<BodySight, Long> ids = new IdentityHashMap<>();
        long older = 0;
        for (BodySight body : bodies) {
            ids.put(body, body.id() != 0 ? body.id() : --older);
        }
        List<LiveCoroutine> coroutines = new ArrayList<>(bodies.size());
        for (BodySight body : bodies) {
            coroutines.add(seen(body, ids));
        }
        return new CoroutineDump(coroutines, tracked);
    }

    private static LiveCoroutine seen(BodySight body, Map<BodySight, Long> ids) {
        Object waitsFor = body.waitsFor();
        return new LiveCoroutine(
                ids.getOrDefault(body, 0L),
                BodyKind.valueOf(body.kind().name()),
                body.qualifiedName(),
                CoroutineState.valueOf(body.state()),
                body.place(),
                idsOf(body.awaited(), ids),
                idsOf(body.children(), ids),
                waitsFor == null ? null : Texts.of(waitsFor),
                body.age() < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(body.age()),
                body.task());
    }

    private static List<Long> idsOf(List<BodySight> bodies, Map<BodySight, Long> ids) {
        List<Long> found = new ArrayList<>(bodies.size());
        bodies.forEach(body -> found.add(ids.getOrDefault(body, 0L)));
        return Collections.unmodifiableList(found);
    }
}
