package io.corobridge.reactor;

import io.corobridge.Coroutine;
import io.corobridge.testkit.SubscriberTck;
import org.reactivestreams.Subscriber;
import reactor.util.context.Context;

/** The Reactive Streams TCK for subscribers, from outside, on what a loop over a Flux subscribes with. */
public class FluxIteratorBlackboxTckTest extends SubscriberTck {
    @Override
    public Subscriber<Integer> createSubscriber() {
        return subscriberOfALoop(4);
    }

    /** Starts a loop over a Flux that does nothing, and catches the subscriber. */
    static FluxIterator<Integer> subscriberOfALoop(int prefetch) {
        Captured<Integer> source = new Captured<>();
        CoMono.from(Coroutine.<Integer>of(co -> {
                    int sum = 0;
                    for (int each : co.each(CoFlux.toAsyncIterable(source, prefetch, Context.empty()))) {
                        sum += each;
                    }
                    return sum;
                }))
                .subscribe(sum -> {}, error -> {});
        return (FluxIterator<Integer>) source.subscriber();
    }
}
