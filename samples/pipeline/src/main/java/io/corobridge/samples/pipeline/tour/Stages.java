package io.corobridge.samples.pipeline.tour;

import io.corobridge.reactor.CoFlux;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** An operator of a pipeline is a body: {@code stage} loops over its input, {@code feed} is sent each element and yields the answer. */
public final class Stages {
    private Stages() {}

    private static Function<Flux<String>, Flux<List<String>>> paragraphs() {
        return CoFlux.stage((co, lines) -> {
            List<String> paragraph = new ArrayList<>();
            for (String line : co.each(lines)) {
                if (line.isEmpty()) {
                    co.yield(List.copyOf(paragraph));
                    paragraph.clear();
                } else {
                    paragraph.add(line);
                }
            }
            co.yield(paragraph);
        });
    }

    /** Cuts lines into paragraphs, and averages numbers. */
    public static void main(String[] args) {
        Flux.just("a", "b", "", "c")
                .transform(paragraphs())
                .doOnNext(Python::print)
                .blockLast();
        Flux.just(10, 30, 5)
                .transform(CoFlux.feed(RunningAverage::averager))
                .doOnNext(Python::print)
                .blockLast();
    }
}
