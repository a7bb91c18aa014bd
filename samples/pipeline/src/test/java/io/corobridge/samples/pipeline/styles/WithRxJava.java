package io.corobridge.samples.pipeline.styles;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.TimeUnit;

/** The same with operators of RxJava. */
final class WithRxJava {
    private WithRxJava() {}

    static Single<String> quote(Shop shop) {
        return Single.fromPublisher(shop.open())
                .flatMap(session -> Single.zip(
                                Single.fromPublisher(session.price()),
                                Single.fromPublisher(session.stock()),
                                (price, stock) -> stock + " at " + price)
                        .timeout(30, TimeUnit.SECONDS)
                        .doFinally(
                                () -> Completable.fromPublisher(session.close()).subscribe()));
    }
}
