package io.corobridge.reactor;

import io.corobridge.testkit.TckCoverage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything that is a publisher or a subscriber is held to the Reactive Streams TCK, by the test that is named here. */
class TckCoverageTest {
    private static final Map<String, Class<?>> TESTS = Map.ofEntries(
            Map.entry("AsyncIterableFlux", CoFluxTckTest.class),
            Map.entry("CoroutineMono", CoMonoTckTest.class),
            Map.entry("GeneratorFlux", GeneratorFluxTckTest.class),
            Map.entry("FeedFlux", FeedFluxTckTest.class),
            Map.entry("FeedMono", FeedMonoTckTest.class),
            Map.entry("StageFlux", StageTckTest.class),
            Map.entry("FluxIterator", FluxIteratorWhiteboxTckTest.class),
            Map.entry("PublisherAwait", PublisherAwaitTckTest.class),
            Map.entry("FeedFlux$Values", FeedSubscriberTckTest.class),
            Map.entry("FeedMono$Result", FeedMonoSubscriberTckTest.class));

    @Test
    void eachPublisherAndSubscriberHasOne() {
        TckCoverage.assertTested(TckCoverage.publishersAndSubscribersWith(CoMono.class), TESTS);
    }
}
