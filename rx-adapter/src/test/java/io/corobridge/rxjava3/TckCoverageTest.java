package io.corobridge.rxjava3;

import io.corobridge.testkit.TckCoverage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything that is a publisher or a subscriber is held to the Reactive Streams TCK, by the test that is named here. */
class TckCoverageTest {
    private static final Map<String, Class<?>> TESTS = Map.ofEntries(
            Map.entry("AsyncIterableFlowable", CoFlowableTckTest.class),
            Map.entry("GeneratorFlowable", GeneratorFlowableTckTest.class),
            Map.entry("FeedFlowable", FeedTckTest.class),
            Map.entry("FeedResultFlowable", FeedResultTckTest.class),
            Map.entry("FlowableAwait", FlowableAwaitTckTest.class),
            Map.entry("FlowableIterator", FlowableIteratorWhiteboxTckTest.class),
            Map.entry("FeedFlowable$Elements", FeedSubscriberTckTest.class),
            Map.entry("FeedResultFlowable$Result", FeedResultSubscriberTckTest.class));

    @Test
    void eachPublisherAndSubscriberHasOne() {
        TckCoverage.assertTested(TckCoverage.publishersAndSubscribersWith(CoFlowable.class), TESTS);
    }
}
