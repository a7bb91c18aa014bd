package io.corobridge.reactor.spring;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import io.corobridge.reactor.CoMono;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A program that a class loader runs which has no Spring. */
public final class WithoutSpring {
    private WithoutSpring() {}

    public static List<Integer> run() {
        AsyncGenerator<Integer, @Nullable Void> numbers = AsyncGenerator.of(co -> {
            co.yield(1);
            co.yield(co.awaitSingle(Mono.just(2)));
            co.yield(co.awaitSingle(CoMono.from(Coroutine.of(inner -> 3))));
        });
        return CoFlux.from(numbers).collectList().block();
    }
}
