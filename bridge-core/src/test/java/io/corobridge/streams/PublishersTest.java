package io.corobridge.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.StopAsyncIteration;
import io.corobridge.TypeError;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Async iterables as publishers: what is left open, and what is missing. */
class PublishersTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();

    /** Has one element and something to close. */
    private final class Holding implements AsyncIterator<Object>, AutoCloseable {
        private final Throwable end;
        private boolean begun;

        Holding(Throwable end) {
            this.end = end;
        }

        @Override
        public Awaitable<Object> anext() {
            boolean first = !begun;
            begun = true;
            return first ? Awaitables.ready("element") : Awaitables.failed(end);
        }

        @Override
        public void close() {
            log.add("close");
        }
    }

    /** Wants everything and writes it down. */
    private final class Recorder implements Subscriber<Object> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object element) {
            log.add(element);
        }

        @Override
        public void onError(Throwable error) {
            log.add(error);
        }

        @Override
        public void onComplete() {
            log.add("complete");
        }
    }

    @Test
    void iteratorThatHoldsSomethingIsClosedWhenItHasEndedOrRaised() {
        Publishers.toPublisher(new Holding(new StopAsyncIteration())).subscribe(new Recorder());
        assertThat(log).containsExactly("element", "complete", "close");

        log.clear();
        IllegalStateException error = new IllegalStateException("e");
        Publishers.toPublisher(new Holding(error)).subscribe(new Recorder());
        assertThat(log).containsExactly("element", error, "close");
    }

    @Test
    void nullInThePlaceOfAnIteratorOrAStepIsATypeErrorAsInALoop() {
        Publishers.toPublisher((AsyncIterable<Object>) () -> null).subscribe(new Recorder());
        Publishers.toPublisher((AsyncIterator<Object>) () -> null).subscribe(new Recorder());
        assertThat(log)
                .allSatisfy(error -> assertThat(error).isExactlyInstanceOf(TypeError.class))
                .extracting(error -> ((Throwable) error).getMessage())
                .containsExactly(
                        "'async for' received an object from __aiter__ that does not implement __anext__: NoneType",
                        "'async for' received an invalid object from __anext__: NoneType");
    }
}
