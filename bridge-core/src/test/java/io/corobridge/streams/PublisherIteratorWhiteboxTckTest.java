package io.corobridge.streams;

import io.corobridge.testkit.LoopWhiteboxTck;

/** The Reactive Streams TCK for subscribers, from inside, on the subscriber that a loop in a body reads from. */
public class PublisherIteratorWhiteboxTckTest extends LoopWhiteboxTck {
    @Override
    protected PublisherIterator<Integer> loop() {
        return PublisherIteratorBlackboxTckTest.Consumers.iteratorOfALoop(1);
    }
}
