package io.corobridge.samples.pipeline;

import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program as one coroutine: it reads the file twice, once to its end and once until the months are enough. */
final class Pipeline {
    /** As if the clean-up handed something back over the network. */
    private static final Mono<Long> RELEASE = Mono.delay(Duration.ofMillis(20));

    private final WeatherFile file;
    private final Options options;

    Pipeline(WeatherFile file, Options options) {
        this.file = file;
        this.options = options;
    }

    Coroutine<Findings> run() {
        return Coroutine.of("pipeline", co -> {
            AtomicInteger lines = new AtomicInteger();
            List<Repair> repairs = new ArrayList<>();
            AtomicReference<Averager.@Nullable Summary> summary = new AtomicReference<>();
            List<Double> runningMeans = co.awaitSingle(days(counted(lines), repairs::add)
                    .map(Day::max)
                    .transform(CoFlux.feed(Averager::of, summary::set))
                    .collectList());
            if (runningMeans.isEmpty()) {
                throw new InputException("it has no usable row" + firstProblem(repairs));
            }

            AtomicInteger read = new AtomicInteger();
            Ending ending = new Ending();
            Flux<String> closing = counted(read).doFinally(end -> ending.fileClosed(lines.get() - read.get()));
            List<Month> months = co.awaitSingle(days(closing, repair -> {})
                    .transform(MonthlyWindows.stage(RELEASE, ending))
                    .doOnCancel(ending::cancelled)
                    .take(options.months())
                    .collectList());
            co.await(ending.over()); // the months are here before the clean-up has ended

            return new Findings(
                    lines.get(), repairs, runningMeans, Objects.requireNonNull(summary.get()), months, ending.events());
        });
    }

    private Flux<String> counted(AtomicInteger count) {
        return file.lines().doOnNext(line -> count.incrementAndGet());
    }

    private Flux<Day> days(Flux<String> lines, Consumer<Repair> repairs) {
        return lines.transform(Spoiler.stage(options.spoil())).transform(Days.stage(repairs));
    }

    private static String firstProblem(List<Repair> repairs) {
        return repairs.isEmpty()
                ? ""
                : "; line " + repairs.get(0).line() + ": " + repairs.get(0).problem();
    }
}
