package io.corobridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/** Everything that is a publisher or a subscriber is held to the Reactive Streams TCK, by a test that is named. */
public final class TckCoverage {
    private TckCoverage() {}

    /** Those of the module that a class is in. */
    public static Stream<JavaClass> publishersAndSubscribersWith(Class<?> type) {
        return new ClassFileImporter()
                .importPath(Modules.locationOf(type)).stream()
                        .filter(each -> each.isAssignableTo(Publisher.class) || each.isAssignableTo(Subscriber.class));
    }

    /** The tests are named by the classes that they are for, without their package. */
    public static void assertTested(Stream<JavaClass> types, Map<String, Class<?>> tests) {
        assertThat(tests.keySet())
                .containsExactlyInAnyOrderElementsOf(types.map(JavaClass::getName)
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .collect(Collectors.toList()));
        assertThat(tests.values()).allMatch(test -> test.getSimpleName().endsWith("TckTest"));
    }
}
