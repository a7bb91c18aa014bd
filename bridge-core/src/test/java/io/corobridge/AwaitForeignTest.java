package io.corobridge;

import static io.corobridge.AsyncSupport.coroutine;
import static io.corobridge.AsyncSupport.outcome;
import static io.corobridge.AsyncSupport.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncSupport.Checked;
import io.corobridge.AsyncSupport.KeyError;
import io.corobridge.DriverSupport.Recorder;
import io.corobridge.drive.Driver;
import io.corobridge.testkit.HandPublisher;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/** Awaiting what is not ours: a {@code CompletionStage}, and a {@code Publisher} of at most one element. */
class AwaitForeignTest {
    private final Recorder host = new Recorder();

    private Driver<Object> start(Coroutine.Body<Object> body) {
        Driver<Object> driver = Driver.of(coroutine(body), host);
        driver.start();
        return driver;
    }

    /** Also writes down that it is subscribed to. */
    private static final class Hand extends HandPublisher<Object> {
        @Override
        public void subscribe(Subscriber<? super Object> to) {
            log.add("subscribe");
            super.subscribe(to);
        }

        @Override
        public String toString() {
            return "hand";
        }
    }

    @Test
    void futureThatIsDoneDoesNotSuspend() {
        assertThat(run(co -> co.await(CompletableFuture.completedFuture("v")))).isEqualTo("StopIteration: v");
        assertThat(run(co -> co.await(CompletableFuture.failedFuture(new KeyError("k")))))
                .isEqualTo("KeyError: k");
        CompletableFuture<Object> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);
        assertThat(run(co -> co.await(cancelled))).startsWith("CancellationException");
    }

    @Test
    void futureThatIsPendingIsWaitedFor() {
        CompletableFuture<Object> future = new CompletableFuture<>();
        start(co -> co.await(future) + "!");
        assertThat(host.told).isEmpty();
        future.complete("v");
        assertThat(host.told).containsExactly("returned v!");
    }

    @Test
    void pendingNamesItsSourceAndTakesAValueByHand() {
        CompletableFuture<Object> future = new CompletableFuture<>();
        Coroutine<Object> waits = coroutine(co -> co.await(future));
        assertThat(waits.send(null))
                .isInstanceOfSatisfying(
                        Pending.class, pending -> assertThat(pending.source()).isSameAs(future));
        assertThat(outcome(() -> waits.send("by hand"))).isEqualTo("StopIteration: by hand");
    }

    @Test
    void completionExceptionIsUnwrapped() {
        KeyError error = new KeyError("k");
        CompletableFuture<Object> future = new CompletableFuture<>();
        start(co -> {
            try {
                return co.await(future.thenApply(value -> value));
            } catch (KeyError e) {
                return e == error;
            }
        });
        future.completeExceptionally(error);
        assertThat(host.told).containsExactly("returned true");

        start(co -> co.await(CompletableFuture.failedFuture(new CompletionException(error))));
        assertThat(host.told).last().isEqualTo("raised KeyError: k");
    }

    @Test
    void futureThatSomebodyElseCancelsRaisesCancellationException() {
        CompletableFuture<Object> future = new CompletableFuture<>();
        start(co -> {
            try {
                return co.await(future);
            } catch (CancellationException e) {
                return "cancelled";
            }
        });
        future.cancel(false);
        assertThat(host.told).containsExactly("returned cancelled");
    }

    @Test
    void futureIsCancelledWhenTheBodyIsClosed() {
        CompletableFuture<Object> future = new CompletableFuture<>();
        start(co -> co.await(future)).cancel();
        assertThat(future).isCancelled();
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void minimalStageOfTheJdkIsWaitedForAndLeftAloneByACancel() {
        start(co -> co.await(CompletableFuture.completedStage("done")));
        CompletableFuture<Object> owner = new CompletableFuture<>();
        start(co -> co.await(owner.minimalCompletionStage()));
        owner.complete("value");
        assertThat(host.told).containsExactly("returned done", "returned value");

        CompletableFuture<Object> unfinished = new CompletableFuture<>();
        List<Throwable> logged = logged(
                () -> start(co -> co.await(unfinished.minimalCompletionStage())).cancel());
        assertThat(host.told).containsExactly("returned done", "returned value", "cancelled None None");
        assertThat(logged).isEmpty();
        assertThat(unfinished).isNotDone();
    }

    @Test
    void stageThatIsNoFutureAndCannotBecomeOneIsWaitedFor() {
        CompletableFuture<Object> hidden = new CompletableFuture<>();
        @SuppressWarnings("unchecked")
        CompletionStage<Object> stage = (CompletionStage<Object>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CompletionStage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("toCompletableFuture")) {
                        throw new UnsupportedOperationException();
                    }
                    return method.invoke(hidden, arguments);
                });
        start(co -> co.await(stage));
        hidden.complete("value");
        start(co -> co.await(stage));
        assertThat(host.told).containsExactly("returned value", "returned value");
    }

    @Test
    void nullIsATypeError() {
        String message = "TypeError: object NoneType can't be used in 'await' expression";
        assertThat(run(co -> co.await((CompletableFuture<Object>) null))).isEqualTo(message);
        assertThat(run(co -> co.await((Publisher<Object>) null))).isEqualTo(message);
        assertThat(run(co -> co.await((Awaitable<Object>) null))).isEqualTo(message);
    }

    @Test
    void emptyPublisherIsNullAndAnErrorForAwaitSingle() {
        Hand hand = new Hand();
        start(co -> co.await(hand));
        assertThat(hand.log).containsExactly("subscribe", "request 2");
        hand.subscriber().onComplete();
        start(co -> co.awaitSingle(hand));
        hand.subscriber().onComplete();
        assertThat(host.told)
                .containsExactly(
                        "returned None",
                        "raised NoSuchElementException: awaitSingle: hand completed without an element");
    }

    @Test
    void publisherOfOneElementIsWaitedForUntilItCompletes() {
        Hand hand = new Hand();
        start(co -> co.awaitSingle(hand));
        hand.subscriber().onNext("v");
        assertThat(host.told).isEmpty();
        hand.subscriber().onComplete();
        assertThat(host.told).containsExactly("returned v");
        assertThat(hand.log).doesNotContain("cancel");
    }

    @Test
    void secondElementIsAValueErrorAndCancelsTheSubscription() {
        Hand hand = new Hand();
        start(co -> co.await(hand));
        hand.subscriber().onNext("v");
        hand.subscriber().onNext("w");
        assertThat(host.told)
                .containsExactly(
                        "raised ValueError: await of a publisher that emits more than one element; loop over it with co.each(..)");
        assertThat(hand.log).containsExactly("subscribe", "request 2", "cancel");
        hand.subscriber().onComplete();
        assertThat(host.told).hasSize(1);
    }

    @Test
    void errorOfAPublisherIsRaisedAsItIs() {
        Hand hand = new Hand();
        KeyError error = new KeyError("k");
        start(co -> {
            try {
                return co.await(hand);
            } catch (KeyError e) {
                return e == error;
            }
        });
        hand.subscriber().onError(error);
        assertThat(host.told).containsExactly("returned true");
    }

    @Test
    void publisherThatNeverCompletesIsCancelledWhenTheBodyIsClosed() {
        Hand hand = new Hand();
        start(co -> co.await(hand)).cancel();
        assertThat(hand.log).containsExactly("subscribe", "request 2", "cancel");
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void errorThatComesWhenTheAwaitIsOverIsLogged() {
        Hand hand = new Hand();
        start(co -> co.await(hand)).cancel();
        KeyError late = new KeyError("late");
        assertThat(logged(() -> hand.subscriber().onError(late))).containsExactly(late);
    }

    /** What is logged while an action runs, on its thread: what other tests have dropped is found, and warned of, at any time. */
    private static List<Throwable> logged(Runnable action) {
        List<Throwable> logged = new ArrayList<>();
        Thread here = Thread.currentThread();
        Logger logger = Logger.getLogger("io.corobridge");
        Filter before = logger.getFilter();
        logger.setFilter(entry -> {
            boolean ours = Thread.currentThread() == here;
            if (ours) {
                logged.add(entry.getThrown());
            }
            return !ours;
        });
        try {
            action.run();
        } finally {
            logger.setFilter(before);
        }
        return logged;
    }

    @Test
    void declaredClassLetsTheCompilerAcceptACatchOfACheckedException() {
        Checked error = new Checked("c");
        Hand hand = new Hand();
        start(co -> {
            String seen = "";
            try {
                co.await(CompletableFuture.failedFuture(error), Checked.class);
            } catch (Checked e) {
                seen += "stage ";
            }
            try {
                co.await(Awaitables.failed(error), Checked.class);
            } catch (Checked e) {
                seen += "awaitable ";
            }
            try {
                co.await(hand, Checked.class);
            } catch (Checked e) {
                seen += "publisher ";
            }
            try {
                co.awaitSingle(hand, Checked.class);
            } catch (Checked e) {
                seen += "single";
            }
            return seen;
        });
        hand.subscriber().onError(error);
        hand.subscriber().onError(error);
        assertThat(host.told).containsExactly("returned stage awaitable publisher single");
    }

    @Test
    @Tag("C05")
    void aStopIterationThatIsRaisedByHandEndsTheAwaitWithItsValue() {
        Coroutine<Object> c = coroutine(co -> "r " + co.await(new CompletableFuture<Object>()));
        c.send(null);
        assertThat(outcome(() -> c.raise(new StopIteration("v")))).isEqualTo("StopIteration: r v");
    }

    @Test
    void aStopIterationThatTheSourceFailsWithIsRaisedAtTheAwait() {
        CompletableFuture<Object> future = new CompletableFuture<>();
        StopIteration stop = new StopIteration("v");
        List<Throwable> seen = new ArrayList<>();
        start(co -> {
            try {
                return co.await(future);
            } catch (StopIteration e) {
                seen.add(e);
                return "caught";
            }
        });
        future.completeExceptionally(stop);
        assertThat(seen).containsExactly(stop);
    }
}
