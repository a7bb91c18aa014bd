package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.ExceptionGroup;
import io.corobridge.ValueError;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.TaskGroup;
import java.util.concurrent.TimeoutException;

/** A timeout ends what is in its block; a task group waits for its tasks, and when one fails it cancels the others. */
public final class Timeouts {
    private Timeouts() {}

    private static Coroutine<Void> download(String what, double seconds) {
        return Coroutine.ofVoid("download", co -> {
            try {
                co.await(Asyncio.sleep(seconds));
                if (what.equals("broken")) {
                    throw new ValueError("no such file");
                }
                print(what, "is here");
            } catch (CancelledError cancelled) {
                print(what, "is cancelled");
                throw cancelled;
            }
        });
    }

    /** Runs into a timeout, and into a failure. */
    public static void main(String[] args) {
        Asyncio.run(Coroutine.ofVoid("main", co -> {
            try {
                co.await(Asyncio.waitFor(download("slow", 3600), 0.05), TimeoutException.class);
            } catch (TimeoutException late) {
                print("too late");
            }
            try {
                co.withVoid(new TaskGroup(), group -> {
                    group.createTask(download("small", 0.01));
                    group.createTask(download("broken", 0.05));
                    group.createTask(download("large", 3600));
                });
            } catch (ExceptionGroup failed) {
                print(failed.getMessage());
            }
        }));
    }
}
