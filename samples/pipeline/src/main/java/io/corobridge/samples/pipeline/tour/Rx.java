package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.rxjava3.CoFlowable;
import io.corobridge.rxjava3.CoSingle;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;

/** The same with RxJava: a Single is awaited through {@code CoSingle}, and a Flowable looped over. */
public final class Rx {
    private Rx() {}

    /** Both ways. */
    public static void main(String[] args) {
        Coroutine<Integer> total = Coroutine.of("total", co -> {
            int sum = co.await(CoSingle.awaitable(Single.just(100)));
            for (int number : co.each(Flowable.range(1, 4))) {
                sum += number;
            }
            return sum;
        });
        print(CoSingle.from(total).blockingGet());
        AsyncGenerator<String, Object> letters = AsyncGenerator.of("letters", co -> {
            co.yield("a");
            co.yield("b");
        });
        print(CoFlowable.from(letters).toList().blockingGet());
    }
}
