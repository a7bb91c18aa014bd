package io.corobridge.sight;

import io.corobridge.platform.JdkOnly;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** What the Flight Recorder gets of a coroutine that has not ended. */
@JdkOnly
@Name("io.corobridge.Coroutine")
@Label("Coroutine")
@Category("Corobridge")
@Description("A coroutine, generator or async generator that has not ended")
@Period("10 s")
@StackTrace(false)
final class CoroutineEvent extends Event {
    @Label("Id")
    long id;

    @Label("Kind")
    @Nullable
    String kind;

    @Label("Name")
    @Nullable
    String name;

    @Label("State")
    @Nullable
    String state;

    @Label("Task")
    @Nullable
    String task;

    @Label("Parent")
    @Description("The Id of the one that awaits it, or whose task group it is in; 0 when there is none")
    long parent;

    @Label("Awaits")
    @Description("Where it is suspended, where what it awaits is, and so on: one line each")
    @Nullable
    String awaits;

    @Label("Waits For")
    @Description("What the innermost of them waits for")
    @Nullable
    String waitsFor;

    @Label("Age")
    @Timespan(Timespan.MILLISECONDS)
    long age;
}
