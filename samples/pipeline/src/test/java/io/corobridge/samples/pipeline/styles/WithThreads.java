package io.corobridge.samples.pipeline.styles;

import io.corobridge.samples.pipeline.styles.Shop.Session;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The same with calls that block, for virtual threads. */
final class WithThreads {
    private WithThreads() {}

    static String quote(Shop shop, ExecutorService threads) throws Exception {
        Session session = shop.open().block();
        try {
            Future<Integer> price = threads.submit(() -> session.price().block());
            Future<Integer> stock = threads.submit(() -> session.stock().block());
            return stock.get(30, TimeUnit.SECONDS) + " at " + price.get(30, TimeUnit.SECONDS);
        } finally {
            session.close().block();
        }
    }
}
