package io.corobridge.testkit;

import io.corobridge.streams.PublisherIterator;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.reactivestreams.tck.SubscriberWhiteboxVerification;

/** The Reactive Streams TCK for subscribers, from inside, on what a loop in a body subscribes with. */
public abstract class LoopWhiteboxTck extends SubscriberWhiteboxVerification<Integer> {
    protected LoopWhiteboxTck() {
        super(PublisherTck.environment());
    }

    /** What a loop that is under way reads from: it fetches one element at a time. */
    protected abstract PublisherIterator<Integer> loop();

    @Override
    public final Subscriber<Integer> createSubscriber(WhiteboxSubscriberProbe<Integer> probe) {
        return new Probed(loop(), probe);
    }

    @Override
    public final Integer createElement(int element) {
        return element;
    }

    /** Passes everything on and tells the probe. */
    private static final class Probed extends ForwardingSubscriber<Integer> {
        private final PublisherIterator<Integer> loop;
        private final WhiteboxSubscriberProbe<Integer> probe;

        Probed(PublisherIterator<Integer> loop, WhiteboxSubscriberProbe<Integer> probe) {
            super(loop);
            this.loop = loop;
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
                    loop.close();
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
