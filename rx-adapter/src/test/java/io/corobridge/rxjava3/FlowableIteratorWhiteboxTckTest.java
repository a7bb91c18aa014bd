package io.corobridge.rxjava3;

import io.corobridge.streams.PublisherIterator;
import io.corobridge.testkit.LoopWhiteboxTck;

/** The Reactive Streams TCK for subscribers, from inside, on what a loop over a Flowable subscribes with. */
public class FlowableIteratorWhiteboxTckTest extends LoopWhiteboxTck {
    @Override
    protected PublisherIterator<Integer> loop() {
        return FlowableIteratorBlackboxTckTest.subscriberOfALoop(1);
    }
}
