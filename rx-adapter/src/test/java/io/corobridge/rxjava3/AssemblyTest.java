package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RxJava's assembly hooks see the bridge's types, and may replace them. */
class AssemblyTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private <T> T see(T assembled) {
        seen.add(assembled.getClass().getSimpleName());
        return assembled;
    }

    @Test
    void hooksSeeEverything() {
        RxJavaPlugins.setOnSingleAssembly(this::see);
        RxJavaPlugins.setOnMaybeAssembly(this::see);
        RxJavaPlugins.setOnCompletableAssembly(this::see);
        RxJavaPlugins.setOnFlowableAssembly(this::see);
        CoSingle.from(Coroutine.of(co -> 1));
        CoMaybe.from(Coroutine.of(co -> 1));
        CoCompletable.from(Coroutine.of(co -> 1));
        CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> co.yield(1)));
        CoFlowable.fromGenerator(() -> Generator.<Integer, Void, Void>of(co -> null));
        assertThat(seen)
                .containsExactly(
                        "CoroutineSingle",
                        "CoroutineMaybe",
                        "CoroutineCompletable",
                        "AsyncIterableFlowable",
                        "GeneratorFlowable");
        seen.clear();
        Flowable<Integer> source = Flowable.just(1);
        seen.clear();
        CoFlowable.<Integer, Integer>stage((co, elements) -> {}).apply(source);
        CoFlowable.<Integer, Integer>feed(() -> Generator.<Integer, Integer, Void>of(co -> null))
                .apply(source);
        assertThat(seen).containsExactly("AsyncIterableFlowable", "FeedFlowable");
    }

    @Test
    void hookMayReplaceASingle() {
        Single<Integer> never = Single.never();
        RxJavaPlugins.setOnSingleAssembly(single -> never);
        CoSingle.from(Coroutine.of(co -> 1)).test().assertEmpty().dispose();
    }
}
