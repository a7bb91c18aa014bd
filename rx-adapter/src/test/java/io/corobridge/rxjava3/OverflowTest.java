package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import io.corobridge.testkit.Failure;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.exceptions.MissingBackpressureException;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subjects.PublishSubject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An Observable that a body loops over: what becomes of elements that come faster than it takes them. */
@Timeout(60)
class OverflowTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final PublishSubject<Integer> source = PublishSubject.create();
    private final CompletableSubject gate = CompletableSubject.create();

    /** Takes an element, stands at the gate, and takes the others. */
    private TestObserver<Object> looping(Overflow overflow) {
        return CoMaybe.from(Coroutine.<Object>of(co -> {
                    for (int each : co.each(CoObservable.toAsyncIterable(source, overflow))) {
                        log.add(each);
                        co.await(CoCompletable.awaitable(gate));
                    }
                    return "done";
                }))
                .test();
    }

    private void emit(int first, int last) {
        for (int i = first; i <= last; i++) {
            source.onNext(i);
        }
    }

    @Test
    void bufferKeepsTheElementsInOrder() {
        TestObserver<Object> observer = looping(Overflow.buffer(8));
        emit(1, 9);
        assertThat(log).containsExactly(1);
        gate.onComplete();
        assertThat(log).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        source.onComplete();
        observer.assertResult("done");
    }

    @Test
    void fullBufferDisposesAndIsAnErrorAfterWhatItHolds() {
        TestObserver<Object> observer = looping(Overflow.buffer(4));
        emit(1, 7);
        assertThat(source.hasObservers()).isFalse();
        observer.assertEmpty();
        gate.onComplete();
        assertThat(log).containsExactly(1, 2, 3, 4, 5, 6);
        observer.assertFailure(MissingBackpressureException.class);
    }

    @Test
    void errorOfTheSourceComesAfterWhatTheBufferHolds() {
        Failure failure = new Failure("source");
        TestObserver<Object> observer = looping(Overflow.buffer(8));
        emit(1, 4);
        source.onError(failure);
        observer.assertEmpty();
        gate.onComplete();
        assertThat(log).containsExactly(1, 2, 3, 4);
        observer.assertError(Errors.same(failure));
    }

    @Test
    void dropLetsGoOfWhatComesWhenTheBodyIsBehind() {
        TestObserver<Object> observer = looping(Overflow.drop());
        emit(1, 9);
        gate.onComplete();
        assertThat(log).containsExactly(1, 2);
        emit(10, 10);
        source.onComplete();
        assertThat(log).containsExactly(1, 2, 10);
        observer.assertResult("done");
    }

    @Test
    void latestKeepsTheNewest() {
        TestObserver<Object> observer = looping(Overflow.latest());
        emit(1, 9);
        gate.onComplete();
        assertThat(log).containsExactly(1, 2, 9);
        source.onComplete();
        observer.assertResult("done");
    }

    @Test
    void errorIsRaisedWhenTheBodyIsBehind() {
        TestObserver<Object> observer = looping(Overflow.error());
        emit(1, 9);
        assertThat(source.hasObservers()).isFalse();
        gate.onComplete();
        assertThat(log).containsExactly(1, 2);
        observer.assertFailure(MissingBackpressureException.class);
    }

    @Test
    void emitterIsNeverBlocked() {
        for (Overflow overflow : List.of(Overflow.buffer(2), Overflow.drop(), Overflow.latest(), Overflow.error())) {
            TestObserver<Object> observer = looping(overflow);
            emit(1, 10_000);
            observer.dispose();
            assertThat(source.hasObservers()).isFalse();
        }
    }

    @Test
    void endOfTheBodyDisposesOfTheObservable() {
        TestObserver<Integer> observer = source.compose(
                        CoObservable.<Integer, Integer>stage(Overflow.buffer(4), (co, elements) -> {
                            for (int each : co.each(elements)) {
                                co.yield(each);
                                return;
                            }
                        }))
                .test();
        assertThat(source.hasObservers()).isTrue();
        source.onNext(1);
        observer.assertResult(1);
        assertThat(source.hasObservers()).isFalse();
    }

    @Test
    void disposeFromDownstreamClosesTheBodyAndDisposesOfTheObservable() {
        TestObserver<Integer> observer = source.compose(CoObservable.<Integer, Integer>stage(
                        Overflow.latest(), (co, elements) -> {
                            try {
                                for (int each : co.each(elements)) {
                                    co.yield(each);
                                }
                            } finally {
                                log.add("closed");
                            }
                        }))
                .test();
        source.onNext(1);
        observer.dispose();
        observer.assertValues(1);
        assertThat(log).containsExactly("closed");
        assertThat(source.hasObservers()).isFalse();
    }

    @Test
    void scalarObservableIsAwaitedWithoutASubscription() {
        assertThat(CoObservable.awaitable(Observable.just(1)).awaitIterator().toString())
                .contains("ready");
    }
}
