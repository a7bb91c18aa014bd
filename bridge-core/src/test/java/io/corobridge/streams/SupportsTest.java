package io.corobridge.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncIterator;
import io.corobridge.AwaitIterator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/** Which library is asked first how a publisher is to be subscribed to. */
class SupportsTest {
    private record Library(boolean takesForeign) implements PublisherSupport {
        @Override
        public <T> AwaitIterator<T> await(Publisher<? extends T> publisher) {
            return null;
        }

        @Override
        public <T> AsyncIterator<T> iterate(Publisher<? extends T> publisher, int prefetch) {
            return null;
        }
    }

    @Test
    void thoseThatTakeOthersPublishersAreAskedLast() {
        PublisherSupport own = new Library(false);
        PublisherSupport foreign = new Library(true);
        assertThat(Supports.inOrder(new ArrayList<>(List.of(foreign, own)))).containsExactly(own, foreign);
        assertThat(Supports.inOrder(new ArrayList<>(List.of(own, foreign)))).containsExactly(own, foreign);
    }
}
