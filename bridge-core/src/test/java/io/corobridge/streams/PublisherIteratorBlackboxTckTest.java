package io.corobridge.streams;

import io.corobridge.Coroutine;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for subscribers, from outside, on the subscriber that a loop in a body reads from. */
public class PublisherIteratorBlackboxTckTest extends SubscriberBlackboxVerification<Integer> {
    public PublisherIteratorBlackboxTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        PublisherIterator<Integer> iterator = new PublisherIterator<>(4);
        Consumers.consume(iterator);
        return iterator;
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }

    /** Reads an iterator to its end. */
    static final class Consumers implements Host<Object> {
        static void consume(PublisherIterator<Integer> iterator) {
            Coroutine<Object> loop = Coroutine.of(co -> {
                int sum = 0;
                for (int each : co.each(iterator)) {
                    sum += each;
                }
                return sum;
            });
            Driver.of(loop, new Consumers()).start();
        }

        @Override
        public void returned(Object result) {}

        @Override
        public void raised(Throwable error) {}

        @Override
        public void cancelled(Object result, Throwable error) {}
    }
}
