package io.corobridge.rxjava3;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.reactivex.rxjava3.core.Flowable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for publishers, on the result of a generator that counts what it is sent. */
public class FeedResultTckTest extends PublisherVerification<Long> {
    public FeedResultTckTest() {
        super(new TestEnvironment(500, 50));
    }

    private static Flowable<Long> counted(Flowable<Long> source) {
        return FeedResultFlowable.of(
                source,
                () -> Generator.<Void, Long, Long>of(co -> {
                    long count = 0;
                    try {
                        while (true) {
                            co.yield(null);
                            count++;
                        }
                    } catch (GeneratorExit e) {
                        return count == 0 ? null : count;
                    }
                }));
    }

    @Override
    public long maxElementsFromPublisher() {
        return 1;
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(counted(elements == 0 ? Flowable.empty() : Flowable.just(1L, 2L, 3L)));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(counted(Flowable.error(new Failure("no"))));
    }
}
