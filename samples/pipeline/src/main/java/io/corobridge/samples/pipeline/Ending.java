package io.corobridge.samples.pipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What happens, in order, when no more months are wanted, and how to wait until it is over. */
final class Ending {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Sinks.Empty<Void> cleanedUp = Sinks.empty();
    private final Sinks.Empty<Void> closed = Sinks.empty();

    void cancelled() {
        events.add("take had its months and cancelled");
    }

    void cleanUpBegan() {
        events.add("clean-up began, in the finally of the coroutine, and waits");
    }

    void cleanUpEnded() {
        events.add("clean-up ended, after its wait");
        cleanedUp.tryEmitEmpty().orThrow();
    }

    void fileClosed(int unread) {
        events.add("file closed, " + unread + " lines unread");
        closed.tryEmitEmpty().orThrow();
    }

    /** Completes when the clean-up has ended and the file is closed. */
    Mono<Void> over() {
        return Mono.when(cleanedUp.asMono(), closed.asMono());
    }

    List<String> events() {
        return List.copyOf(events);
    }
}
