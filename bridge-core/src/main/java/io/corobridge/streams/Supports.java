package io.corobridge.streams;

import io.corobridge.AsyncIterator;
import io.corobridge.AwaitIterator;
import io.corobridge.platform.Log;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** The libraries that have a say in how publishers are subscribed to, and what is done where none has. */
final class Supports {
    private static final PublisherSupport[] FOUND = find();

    private Supports() {}

    private static PublisherSupport[] find() {
        List<PublisherSupport> found = new ArrayList<>();
        Iterator<PublisherSupport> services = ServiceLoader.load(
                        PublisherSupport.class, PublisherSupport.class.getClassLoader())
                .iterator();
        while (true) {
            try {
                if (!services.hasNext()) {
                    return inOrder(found);
                }
                found.add(services.next());
            } catch (ServiceConfigurationError | LinkageError error) {
                // An adapter without its library: there will be none of that library's publishers.
                Log.debug("io.corobridge", "A library for publishers is left out", error);
            }
        }
    }

    /** Those that take everybody's publishers are asked last; the class path has no say in it. */
    static PublisherSupport[] inOrder(List<PublisherSupport> found) {
        found.sort(Comparator.comparing(PublisherSupport::takesForeign));
        return found.toArray(new PublisherSupport[0]);
    }

    static List<PublisherSupport> present() {
        return List.of(FOUND);
    }

    static <T> AwaitIterator<@Nullable T> await(Publisher<? extends T> publisher) {
        for (PublisherSupport support : FOUND) {
            AwaitIterator<@Nullable T> await = support.await(publisher);
            if (await != null) {
                return await;
            }
        }
        return new SingleValue<>(publisher);
    }

    static <T> AsyncIterator<T> iterate(Publisher<? extends T> publisher, int prefetch) {
        for (PublisherSupport support : FOUND) {
            AsyncIterator<T> iterator = support.iterate(publisher, prefetch);
            if (iterator != null) {
                return iterator;
            }
        }
        PublisherIterator<T> iterator = new PublisherIterator<>(prefetch);
        publisher.subscribe(iterator);
        return iterator;
    }
}
