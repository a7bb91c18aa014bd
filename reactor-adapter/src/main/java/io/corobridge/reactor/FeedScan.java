package io.corobridge.reactor;

import io.corobridge.streams.Feed;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable.Attr;

/** What Reactor sees when it scans a fed generator. */
final class FeedScan {
    private FeedScan() {}

    static @Nullable Object of(Feed<?, ?, ?, ?> feed, CoreSubscriber<?> actual, Attr<?> key) {
        if (key == Attr.PARENT) {
            return feed.upstream();
        }
        if (key == Attr.ACTUAL) {
            return actual;
        }
        if (key == Attr.CANCELLED) {
            return feed.isCancelled();
        }
        if (key == Attr.RUN_STYLE) {
            return Attr.RunStyle.SYNC;
        }
        return key == Attr.TERMINATED ? feed.isOver() && !feed.isCancelled() : null;
    }
}
