package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

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
    void eachPublisherAndSubscriberHasOne() throws URISyntaxException {
        Path location = Path.of(CoFlowable.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> all = new ClassFileImporter()
                .importPath(location).stream()
                        .filter(type -> type.isAssignableTo(Publisher.class) || type.isAssignableTo(Subscriber.class))
                        .map(JavaClass::getName)
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .collect(Collectors.toList());
        assertThat(TESTS.keySet()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(TESTS.values()).allMatch(test -> test.getSimpleName().endsWith("TckTest"));
    }
}
