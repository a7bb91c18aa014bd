package io.corobridge.samples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Generator;
import io.corobridge.Generators;
import io.corobridge.reactor.CoFlux;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class AveragerTest {
    @Test
    void answersEachValueWithTheMeanSoFar() {
        Generator<Double, Double, Averager.Summary> averager = Generators.primed(Averager.of());
        assertThat(averager.send(4.0)).isEqualTo(4.0);
        assertThat(averager.send(-2.0)).isEqualTo(1.0);
        assertThat(averager.send(7.0)).isEqualTo(3.0);
        assertThat(averager.closeAndReturn()).isEqualTo(new Averager.Summary(3, 3.0, -2.0, 7.0));
    }

    @Test
    void isAnOperator() {
        List<Averager.Summary> returned = new ArrayList<>();
        StepVerifier.create(Flux.just(4.0, -2.0, 7.0).transform(CoFlux.feed(Averager::of, returned::add)))
                .expectNext(4.0, 1.0, 3.0)
                .verifyComplete();
        assertThat(returned).containsExactly(new Averager.Summary(3, 3.0, -2.0, 7.0));
    }
}
