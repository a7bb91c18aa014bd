package io.corobridge.rxjava3;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.reactivestreams.tck.SubscriberWhiteboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for subscribers, from inside, on what a loop over a Flowable subscribes with. */
public class FlowableIteratorWhiteboxTckTest extends SubscriberWhiteboxVerification<Integer> {
    public FlowableIteratorWhiteboxTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber(WhiteboxSubscriberProbe<Integer> probe) {
        return new Probed(FlowableIteratorBlackboxTckTest.subscriberOfALoop(1), probe);
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }

    /** Passes everything on and tells the probe. */
    private record Probed(FlowableIterator<Integer> loop, WhiteboxSubscriberProbe<Integer> probe)
            implements Subscriber<Integer> {
        @Override
        public void onSubscribe(Subscription subscription) {
            loop.onSubscribe(subscription);
            probe.registerOnSubscribe(new SubscriberPuppet() {
                @Override
                public void triggerRequest(long elements) {
                    subscription.request(elements);
                }

                @Override
                public void signalCancel() {
                    loop.close();
                }
            });
        }

        @Override
        public void onNext(Integer element) {
            loop.onNext(element);
            probe.registerOnNext(element);
        }

        @Override
        public void onError(Throwable error) {
            loop.onError(error);
            probe.registerOnError(error);
        }

        @Override
        public void onComplete() {
            loop.onComplete();
            probe.registerOnComplete();
        }
    }
}
