package io.corobridge.samples.pipeline;

import io.corobridge.reactor.CoFlux;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The stage from days to months, with a clean-up that has to be awaited. */
final class MonthlyWindows {
    private MonthlyWindows() {}

    /**
     * Makes the stage.
     *
     * @param release what the clean-up waits for
     * @param ending told when the clean-up begins and ends
     */
    static Function<Flux<Day>, Flux<Month>> stage(Publisher<?> release, Ending ending) {
        return CoFlux.stage((co, days) -> {
            try {
                List<Day> window = new ArrayList<>();
                for (Day day : co.each(days)) {
                    if (!window.isEmpty() && !monthOf(day).equals(monthOf(window.get(0)))) {
                        co.yield(summary(window));
                        window.clear();
                    }
                    window.add(day);
                }
                if (!window.isEmpty()) {
                    co.yield(summary(window));
                }
            } finally {
                ending.cleanUpBegan();
                co.await(release);
                ending.cleanUpEnded();
            }
        });
    }

    private static YearMonth monthOf(Day day) {
        return YearMonth.from(day.date());
    }

    private static Month summary(List<Day> window) {
        return new Month(
                monthOf(window.get(0)),
                window.stream().mapToDouble(Day::max).average().orElseThrow(),
                window.stream().mapToDouble(Day::precipitation).sum());
    }
}
