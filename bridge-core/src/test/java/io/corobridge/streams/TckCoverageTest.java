package io.corobridge.streams;

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

/** Everything that is a publisher or a subscriber but what feeds a generator, which the adapters subclass and test, is held to the Reactive Streams TCK, by the test that is named here. */
class TckCoverageTest {
    private static final Map<String, Class<?>> TESTS = Map.ofEntries(
            Map.entry("AsyncIterablePublisher", AsyncGeneratorPublisherTckTest.class),
            Map.entry("PublisherIterator", PublisherIteratorWhiteboxTckTest.class),
            Map.entry("SingleValue", SingleValueBlackboxTckTest.class));

    @Test
    void eachPublisherAndSubscriberHasOne() throws URISyntaxException {
        Path location = Path.of(Publishers.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> all = new ClassFileImporter()
                .importPath(location).stream()
                        .filter(type -> !type.isAssignableTo(Feed.class))
                        .filter(type -> type.isAssignableTo(Publisher.class) || type.isAssignableTo(Subscriber.class))
                        .map(JavaClass::getName)
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .collect(Collectors.toList());
        assertThat(TESTS.keySet()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(TESTS.values()).allMatch(test -> test.getSimpleName().endsWith("TckTest"));
    }
}
