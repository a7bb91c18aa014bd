package io.corobridge.streams;

import io.corobridge.Coroutine;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import io.corobridge.testkit.SubscriberTck;
import org.reactivestreams.Subscriber;

/** The Reactive Streams TCK for subscribers, from outside, on the subscriber that a loop in a body reads from. */
public class PublisherIteratorBlackboxTckTest extends SubscriberTck {
    @Override
    public Subscriber<Integer> createSubscriber() {
        return Consumers.iteratorOfALoop(4);
    }

    /** Of loops whose result nobody wants. */
    static final class Consumers implements Host<Object> {
        static PublisherIterator<Integer> iteratorOfALoop(int prefetch) {
            PublisherIterator<Integer> iterator = new PublisherIterator<>(prefetch);
            Coroutine<Object> loop = Coroutine.of(co -> {
                int sum = 0;
                for (int each : co.each(iterator)) {
                    sum += each;
                }
                return sum;
            });
            Driver.of(loop, new Consumers()).start();
            return iterator;
        }

        @Override
        public void returned(Object result) {}

        @Override
        public void raised(Throwable error) {}

        @Override
        public void cancelled(Object result, Throwable error) {}
    }
}
