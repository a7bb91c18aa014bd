package io.corobridge.streams;

import io.corobridge.AsyncIterator;
import io.corobridge.AwaitIterator;
import io.corobridge.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * How a library subscribes to publishers for bodies that await them or loop over them: with its own kind of subscriber, its context
 * and its hooks. Adapters provide it as a service; it is looked up once.
 */
public interface PublisherSupport {
    /**
     * Begins an await of a publisher of at most one element, by the rules of {@link Publishers#awaitable}.
     *
     * @param <T> the element
     * @param publisher what is awaited
     * @return one await, or null to leave this publisher to others
     */
    <T> @Nullable AwaitIterator<@Nullable T> await(Publisher<? extends T> publisher);

    /**
     * Subscribes to a publisher, by the rules of {@link Publishers#fromPublisher(Publisher, int)}.
     *
     * @param <T> the element
     * @param publisher what is looped over
     * @param prefetch how many elements are requested ahead
     * @return the subscription as an iterator, or null to leave this publisher to others
     */
    <T> @Nullable AsyncIterator<T> iterate(Publisher<? extends T> publisher, int prefetch);

    /**
     * Whether it takes publishers of other libraries as well. Those that do are asked last, so that each publisher is subscribed to by
     * its own library where that is present.
     *
     * @return false when it leaves all but its own kind to others
     */
    default boolean takesForeign() {
        return false;
    }

    /**
     * The library's own context in the running body, such as Reactor's.
     *
     * @return it; null when it is empty, or the library has none
     */
    default @Nullable Object context() {
        return null;
    }

    /**
     * Variables for a run in which publishers are subscribed to with a context of the library's own.
     *
     * @param own that context
     * @return a copy of the current variables, with it; null when the current ones will do, or it is another library's
     */
    default @Nullable Context variables(Object own) {
        return null;
    }

    /**
     * The libraries that have a say, for other bridges that pass their contexts on.
     *
     * @return what the class loader of the core has found
     */
    static List<PublisherSupport> present() {
        return Supports.present();
    }
}
