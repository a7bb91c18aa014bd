package io.corobridge.reactor;

import io.corobridge.Coroutine;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/** The Reactive Streams TCK for subscribers, from outside, on what a loop over a Flux subscribes with. */
public class FluxIteratorBlackboxTckTest extends SubscriberBlackboxVerification<Integer> {
    public FluxIteratorBlackboxTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        return subscriberOfALoop(4);
    }

    /** Starts a loop over a Flux that does nothing, and catches the subscriber. */
    static FluxIterator<Integer> subscriberOfALoop(int prefetch) {
        AtomicReference<FluxIterator<Integer>> subscriber = new AtomicReference<>();
        Flux<Integer> source = new Flux<>() {
            @Override
            @SuppressWarnings("unchecked")
            public void subscribe(CoreSubscriber<? super Integer> actual) {
                subscriber.set((FluxIterator<Integer>) actual);
            }
        };
        CoMono.from(Coroutine.<Integer>of(co -> {
                    int sum = 0;
                    for (int each : co.each(CoFlux.toAsyncIterable(source, prefetch, Context.empty()))) {
                        sum += each;
                    }
                    return sum;
                }))
                .subscribe(sum -> {}, error -> {});
        return subscriber.get();
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
