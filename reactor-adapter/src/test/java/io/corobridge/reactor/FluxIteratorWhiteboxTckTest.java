package io.corobridge.reactor;

import io.corobridge.streams.PublisherIterator;
import io.corobridge.testkit.LoopWhiteboxTck;

/** The Reactive Streams TCK for subscribers, from inside, on what a loop over a Flux subscribes with. */
public class FluxIteratorWhiteboxTckTest extends LoopWhiteboxTck {
    @Override
    protected PublisherIterator<Integer> loop() {
        return FluxIteratorBlackboxTckTest.subscriberOfALoop(1);
    }
}
