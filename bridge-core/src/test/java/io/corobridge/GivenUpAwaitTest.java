package io.corobridge;

import static io.corobridge.AsyncSupport.coroutine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.AsyncSupport.KeyError;
import io.corobridge.DriverSupport.Recorder;
import io.corobridge.DriverSupport.Source;
import io.corobridge.drive.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An await that was given up by somebody else, or whose cancel fails, does not keep a driven body open. */
@Timeout(60)
class GivenUpAwaitTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Recorder host = new Recorder();

    private Driver<Object> driver(Awaitable<Object> awaited) {
        return Driver.of(
                coroutine(co -> {
                    try {
                        return co.await(awaited);
                    } finally {
                        log.add("closed");
                    }
                }),
                host);
    }

    @Test
    void cancelClosesABodyWhoseInnerBodyWasClosedByHand() {
        Source source = new Source();
        Coroutine<Object> inner = coroutine(co -> co.await(source));
        Driver<Object> driver = driver(inner);
        driver.start();
        inner.close();
        assertThat(source.cancels).isEqualTo(1);
        driver.cancel();
        driver.cancel();
        assertThat(log).containsExactly("closed");
        assertThat(host.told).containsExactly("cancelled None None");
        assertThat(source.cancels).isEqualTo(1);
    }

    @Test
    void cancelClosesABodyWhoseInnerBodyWasRaisedInByHand() {
        Source source = new Source();
        Coroutine<Object> inner = coroutine(co -> co.await(source));
        Driver<Object> driver = driver(inner);
        driver.start();
        assertThatThrownBy(() -> inner.raise(new KeyError("k"))).isInstanceOf(KeyError.class);
        driver.cancel();
        assertThat(log).containsExactly("closed");
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void cancelClosesABodyAlthoughTheAwaitedOperationFailsToCancel() {
        Awaitable<Object> stubborn = Awaitables.create(completion -> completion.onCancel(() -> {
            throw new IllegalStateException("cannot cancel");
        }));
        Driver<Object> driver = driver(stubborn);
        driver.start();
        driver.cancel();
        assertThat(log).containsExactly("closed");
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void whatIsRaisedByHandIsNotReplacedByAnOperationThatFailsToCancel() {
        Awaitable<Object> stubborn = Awaitables.create(completion -> completion.onCancel(() -> {
            throw new IllegalStateException("cannot cancel");
        }));
        Coroutine<Object> coroutine = coroutine(co -> co.await(stubborn));
        @SuppressWarnings("unchecked")
        Pending<Object> pending = (Pending<Object>) coroutine.send(null);
        assertThat(pending.start(new Completion<>() {
                    @Override
                    public void complete(Object result) {
                        log.add("completed");
                    }

                    @Override
                    public void fail(Throwable error) {
                        log.add("failed");
                    }
                }))
                .isTrue();
        KeyError raised = new KeyError("k");
        assertThatThrownBy(() -> coroutine.raise(raised)).isSameAs(raised);
        assertThat(log).isEmpty();
    }

    @Test
    void readyResultThatTheBodyGetsIsNotUnused() {
        Driver<Object> driver = driver(Awaitables.ready("taken", value -> log.add("unused " + value)));
        driver.start();
        assertThat(log).containsExactly("closed");
        assertThat(host.told).containsExactly("returned taken");
    }

    @Test
    void readyResultThatACancelledBodyDoesNotGetIsUnused() {
        List<Driver<Object>> self = new ArrayList<>();
        Awaitable<Object> cancelling = () -> {
            self.get(0).cancel();
            return Awaitables.<Object>ready("taken", value -> log.add("unused " + value))
                    .awaitIterator();
        };
        self.add(driver(cancelling));
        self.get(0).start();
        assertThat(log).containsExactly("unused taken", "closed");
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void readyResultThatIsGivenUpByHandIsUnused() {
        Pending<Object> pending =
                (Pending<Object>) Awaitables.<Object>ready("taken", value -> log.add("unused " + value))
                        .awaitIterator();
        assertThat(pending.next()).isSameAs(pending);
        pending.close();
        pending.close();
        assertThat(log).containsExactly("unused taken");
    }

    @Test
    void whatIsToldOfAnUnusedResultAndThrowsDoesNotKeepTheBodyOpen() {
        List<Driver<Object>> self = new ArrayList<>();
        self.add(driver(() -> {
            self.get(0).cancel();
            return Awaitables.<Object>ready("taken", value -> {
                        throw new IllegalStateException("receiver");
                    })
                    .awaitIterator();
        }));
        self.get(0).start();
        assertThat(log).containsExactly("closed");
        assertThat(host.told).containsExactly("cancelled None None");
    }
}
