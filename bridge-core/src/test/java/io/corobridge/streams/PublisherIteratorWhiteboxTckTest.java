package io.corobridge.streams;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.reactivestreams.tck.SubscriberWhiteboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for subscribers, from inside, on the subscriber that a loop in a body reads from. */
public class PublisherIteratorWhiteboxTckTest extends SubscriberWhiteboxVerification<Integer> {
    public PublisherIteratorWhiteboxTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber(WhiteboxSubscriberProbe<Integer> probe) {
        PublisherIterator<Integer> iterator = new Probed(probe);
        PublisherIteratorBlackboxTckTest.Consumers.consume(iterator);
        return iterator;
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }

    private static final class Probed extends PublisherIterator<Integer> {
        private final WhiteboxSubscriberProbe<Integer> probe;

        Probed(WhiteboxSubscriberProbe<Integer> probe) {
            super(1);
            this.probe = probe;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            super.onSubscribe(subscription);
            probe.registerOnSubscribe(new SubscriberPuppet() {
                @Override
                public void triggerRequest(long elements) {
                    subscription.request(elements);
                }

                @Override
                public void signalCancel() {
                    close();
                }
            });
        }

        @Override
        public void onNext(Integer element) {
            super.onNext(element);
            probe.registerOnNext(element);
        }

        @Override
        public void onError(Throwable error) {
            super.onError(error);
            probe.registerOnError(error);
        }

        @Override
        public void onComplete() {
            super.onComplete();
            probe.registerOnComplete();
        }
    }
}
