package io.corobridge.samples.pipeline.styles;

import io.corobridge.samples.pipeline.styles.Shop.Session;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The same with operators of Reactor. */
final class WithReactor {
    private WithReactor() {}

    static Mono<String> quote(Shop shop) {
        return Mono.usingWhen(
                shop.open(),
                session -> Mono.zip(session.price(), session.stock(), (price, stock) -> stock + " at " + price)
                        .timeout(Duration.ofSeconds(30)),
                Session::close);
    }
}
