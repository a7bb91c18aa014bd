package io.corobridge.streams;

import io.corobridge.testkit.TckCoverage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything that is a publisher or a subscriber but what feeds a generator, which the adapters subclass and test, is held to the Reactive Streams TCK, by the test that is named here. */
class TckCoverageTest {
    private static final Map<String, Class<?>> TESTS = Map.ofEntries(
            Map.entry("AsyncIterablePublisher", AsyncGeneratorPublisherTckTest.class),
            Map.entry("PublisherIterator", PublisherIteratorWhiteboxTckTest.class),
            Map.entry("SingleValue", SingleValueBlackboxTckTest.class));

    @Test
    void eachPublisherAndSubscriberHasOne() {
        TckCoverage.assertTested(
                TckCoverage.publishersAndSubscribersWith(Publishers.class)
                        .filter(type -> !type.isAssignableTo(Feed.class)),
                TESTS);
    }
}
