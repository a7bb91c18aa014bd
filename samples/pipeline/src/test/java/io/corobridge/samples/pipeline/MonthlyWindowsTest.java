package io.corobridge.samples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class MonthlyWindowsTest {
    private final Ending ending = new Ending();

    @Test
    void cutsTheDaysAtTheEndOfEachMonth() {
        Flux<Day> days = Flux.just(day("2020-01-30", 2, 1), day("2020-01-31", 4, 2), day("2020-02-01", 9, 5));
        StepVerifier.create(days.transform(MonthlyWindows.stage(Mono.empty(), ending)))
                .expectNext(new Month(YearMonth.of(2020, 1), 3, 3))
                .expectNext(new Month(YearMonth.of(2020, 2), 9, 5))
                .verifyComplete();
    }

    @Test
    void finishesItsAwaitingCleanUpAfterACancelAndThenCancelsTheSource() {
        TestPublisher<Day> days = TestPublisher.create();
        Sinks.Empty<Void> release = Sinks.empty();
        StepVerifier.create(days.flux()
                        .transform(MonthlyWindows.stage(release.asMono(), ending))
                        .take(1))
                .then(() -> days.next(day("2020-01-31", 2, 1), day("2020-02-01", 9, 5)))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(ending.events()).containsExactly("clean-up began, in the finally of the coroutine, and waits");
        days.assertNotCancelled();

        release.tryEmitEmpty().orThrow();
        assertThat(ending.events()).hasSize(2).last().isEqualTo("clean-up ended, after its wait");
        days.assertCancelled();
    }

    private static Day day(String date, double max, double precipitation) {
        return new Day(LocalDate.parse(date), precipitation, max, max - 5, 0, "sun");
    }
}
