package io.corobridge.samples.pipeline.styles;

import static io.corobridge.Awaitables.from;

import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.samples.pipeline.styles.Shop.Session;
import java.util.List;

/** The task of {@code docs/coming-from.md} as a coroutine. */
final class WithCorobridge {
    private WithCorobridge() {}

    static Coroutine<String> quote(Shop shop) {
        return Coroutine.of(co -> {
            Session session = co.awaitSingle(shop.open());
            try {
                return co.with(Asyncio.timeout(30), limit -> {
                    List<Integer> both = co.await(Asyncio.gather(from(session.price()), from(session.stock())));
                    return both.get(1) + " at " + both.get(0);
                });
            } finally {
                co.await(session.close());
            }
        });
    }
}
