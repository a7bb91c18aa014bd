package io.corobridge;

import static io.corobridge.AsyncSupport.show;

import io.corobridge.drive.Host;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the tests of the driver share: a source that is completed by hand and a host that writes down what it is told. */
final class DriverSupport {
    private DriverSupport() {}

    /** Awaited once; {@link #starts} and {@link #cancels} count what the driver did with it. */
    static final class Source implements Awaitable<Object> {
        volatile Completion.@Nullable Cancellable<Object> completion;
        volatile int starts;
        volatile int cancels;

        @Override
        public AwaitIterator<Object> awaitIterator() {
            return Awaitables.<Object>create(started -> {
                        starts++;
                        started.onCancel(() -> cancels++);
                        completion = started;
                    })
                    .awaitIterator();
        }

        boolean isWaiting() {
            return completion != null;
        }

        void complete(Object value) {
            Completion.Cancellable<Object> waiting = completion;
            completion = null;
            waiting.complete(value);
        }

        void fail(Throwable error) {
            Completion.Cancellable<Object> waiting = completion;
            completion = null;
            waiting.fail(error);
        }
    }

    static final class Recorder implements Host<Object> {
        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void returned(Object result) {
            told.add("returned " + show(result));
        }

        @Override
        public void raised(Throwable error) {
            told.add("raised " + show(error));
        }

        @Override
        public void cancelled(@Nullable Object result, @Nullable Throwable error) {
            told.add("cancelled " + show(result) + " " + show(error));
        }
    }
}
