package io.corobridge.testkit;

import java.lang.ref.WeakReference;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.Test;

/** The Reactive Streams TCK for publishers, with the limits that all its tests here have. */
public abstract class PublisherTck extends PublisherVerification<Long> {
    private final TestEnvironment environment;

    protected PublisherTck() {
        this(environment());
    }

    private PublisherTck(TestEnvironment environment) {
        super(environment);
        this.environment = environment;
    }

    /** Half a second for a signal that has to come, a twentieth for one that must not. */
    static TestEnvironment environment() {
        return new TestEnvironment(500, 50);
    }

    /** Waits until the subscriber is collected; the TCK's own test gives that a tenth of a second. */
    @Override
    @Test(timeOut = 60_000)
    public void required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber()
            throws Throwable {
        activePublisherTest(3, false, publisher -> {
            WeakReference<?> subscriber = subscriberThatHasCancelled(publisher);
            Garbage.collectUntil(() -> subscriber.get() == null);
            environment.verifyNoAsyncErrorsNoDelay();
        });
    }

    private WeakReference<?> subscriberThatHasCancelled(Publisher<Long> publisher) throws InterruptedException {
        TestEnvironment.ManualSubscriber<Long> subscriber = environment.newManualSubscriber(publisher);
        subscriber.request(1);
        subscriber.nextElement();
        subscriber.cancel();
        return new WeakReference<>(subscriber);
    }
}
