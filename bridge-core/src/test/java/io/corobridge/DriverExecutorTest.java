package io.corobridge;

import static io.corobridge.AsyncSupport.coroutine;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.DriverSupport.Recorder;
import io.corobridge.DriverSupport.Source;
import io.corobridge.drive.Driver;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A driver with an executor: the first step is taken by who starts it, all others are given to the executor. */
class DriverExecutorTest {
    private final Queue<Runnable> given = new ArrayDeque<>();
    private final Recorder host = new Recorder();
    private final Source source = new Source();

    @Test
    void takesLaterStepsOnTheExecutor() {
        Driver<Object> driver = Driver.of(coroutine(co -> co.await(source) + " " + co.await(source)), host, given::add);
        driver.start();
        assertThat(source.isWaiting()).isTrue();

        source.complete("a");
        assertThat(source.isWaiting()).isFalse();
        given.remove().run();
        assertThat(source.isWaiting()).isTrue();
        source.complete("b");
        assertThat(host.told).isEmpty();
        given.remove().run();
        assertThat(host.told).containsExactly("returned a b");
    }

    @Test
    void aValueThatWaitsForTheExecutorIsDeliveredBeforeACancel() {
        Driver<Object> driver = Driver.of(coroutine(co -> co.await(source)), host, given::add);
        driver.start();
        source.complete("a");
        driver.cancel();
        given.remove().run();
        assertThat(given).isEmpty();
        assertThat(host.told).containsExactly("cancelled a None");
    }

    @Test
    void closesOnTheExecutor() {
        Driver<Object> driver = Driver.of(coroutine(co -> co.await(source)), host, given::add);
        driver.start();
        driver.cancel();
        assertThat(source.cancels).isOne();
        assertThat(host.told).isEmpty();
        given.remove().run();
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void closesOneThatNeverStartedOnTheExecutorToo() {
        Driver<Object> driver = Driver.of(coroutine(co -> co.await(source)), host, given::add);
        driver.cancel();
        given.remove().run();
        assertThat(source.starts).isZero();
        assertThat(host.told).containsExactly("cancelled None None");
    }
}
