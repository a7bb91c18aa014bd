package io.corobridge.sight;

import io.corobridge.platform.JdkOnly;
import java.util.Map;
import java.util.StringJoiner;
import jdk.jfr.FlightRecorder;

/** Writes what {@link Coroutines#dump()} sees to the Flight Recorder, as often as a recording wants it. */
@JdkOnly
final class CoroutineEvents {
    private static final int MOST_AWAITS = 64;

    static {
        FlightRecorder.addPeriodicEvent(CoroutineEvent.class, CoroutineEvents::write);
    }

    private CoroutineEvents() {}

    /** Makes the event known; done once, when this class is initialized. */
    static void register() {}

    private static void write() {
        CoroutineDump dump = Coroutines.dump();
        Map<Long, Long> parents = dump.parents();
        for (LiveCoroutine coroutine : dump.coroutines()) {
            CoroutineEvent event = new CoroutineEvent();
            event.id = coroutine.id();
            event.kind = coroutine.kind().toString();
            event.name = coroutine.name();
            event.state = coroutine.state().name();
            event.task = coroutine.task();
            event.parent = parents.getOrDefault(coroutine.id(), 0L);
            event.age = coroutine.ageMillis();
            StringJoiner awaits = new StringJoiner("\n");
            for (LiveCoroutine level : dump.chain(coroutine, MOST_AWAITS)) {
                awaits.add(String.valueOf(level.place()));
                event.waitsFor = level.waitsFor();
            }
            event.awaits = awaits.toString();
            event.commit();
        }
    }
}
