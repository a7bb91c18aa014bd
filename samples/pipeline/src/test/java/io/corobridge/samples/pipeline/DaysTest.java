package io.corobridge.samples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class DaysTest {
    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    private final List<Repair> repairs = new ArrayList<>();

    @Test
    void passesGoodRowsOn() {
        StepVerifier.create(days("2020-01-01,0.5,3.0,1.0,2.0,rain", "2020-01-02,0,4,-1,0,sun"))
                .expectNext(new Day(FIRST, 0.5, 3, 1, 2, "rain"))
                .expectNext(new Day(FIRST.plusDays(1), 0, 4, -1, 0, "sun"))
                .verifyComplete();
        assertThat(repairs).isEmpty();
    }

    @Test
    void getsSwappedTemperaturesBackInOrder() {
        StepVerifier.create(days("2020-01-01,0,1.0,3.0,2.0,rain"))
                .expectNext(new Day(FIRST, 0, 3, 1, 2, "rain"))
                .verifyComplete();
        assertThat(repairs).containsExactly(new Repair(2, "temp_max 1.0 is below temp_min 3.0", "swapped them", false));
    }

    @Test
    void getsBadValuesBackOneAfterAnother() {
        StepVerifier.create(days("2020-01-01,0.5,3.0,1.0,2.0,rain", "2020-01-02,-1,NaN,0.0,,rain"))
                .expectNextCount(1)
                .expectNext(new Day(FIRST.plusDays(1), 0.5, 3, 0, 2, "rain"))
                .verifyComplete();
        assertThat(repairs)
                .extracting(Repair::problem)
                .containsExactly(
                        "precipitation is not between 0 and 2000: \"-1\"",
                        "temp_max is not a number: \"NaN\"",
                        "wind is not a number: \"\"");
    }

    @Test
    void getsValuesBackThatNoWeatherHas() {
        StepVerifier.create(days(
                        "2020-01-01,0.5,3.0,1.0,2.0,rain",
                        "2020-01-02,1e308,1e308,-1e308,1e308,rain",
                        "2020-01-03,2000,60,-100,150,rain",
                        "2020-01-04,2000.1,60.1,-100.1,150.1,rain"))
                .expectNextCount(1)
                .expectNext(new Day(FIRST.plusDays(1), 0.5, 3, 1, 2, "rain"))
                .expectNext(new Day(FIRST.plusDays(2), 2000, 60, -100, 150, "rain"))
                .expectNext(new Day(FIRST.plusDays(3), 2000, 60, -100, 150, "rain"))
                .verifyComplete();
        assertThat(repairs)
                .extracting(Repair::problem)
                .startsWith(
                        "precipitation is not between 0 and 2000: \"1e308\"",
                        "temp_max is not between -100 and 60: \"1e308\"",
                        "temp_min is not between -100 and 60: \"-1e308\"",
                        "wind is not between 0 and 150: \"1e308\"")
                .hasSize(8);
    }

    @Test
    void skipsAFirstRowWithAValueThatNoWeatherHas() {
        StepVerifier.create(days("2020-01-01,0,1e308,1,0,sun", "2020-01-02,0,3,1,0,sun"))
                .expectNext(new Day(FIRST.plusDays(1), 0, 3, 1, 0, "sun"))
                .verifyComplete();
        assertThat(repairs)
                .containsExactly(
                        new Repair(2, "temp_max is not between -100 and 60: \"1e308\"", "skipped the row", true));
    }

    @Test
    void getsTheNextRowInPlaceOfOneThatCannotBeRepaired() {
        StepVerifier.create(days("2020-01-01,0,,1,0,sun", "?,0,3,1,0,sun", "2020-01-03,0,3,1,0,sun"))
                .expectNext(new Day(FIRST.plusDays(2), 0, 3, 1, 0, "sun"))
                .verifyComplete();
        assertThat(repairs).hasSize(2).allMatch(Repair::skipped);
    }

    @Test
    void endsWhenTheLastRowIsSkipped() {
        StepVerifier.create(days("2020-01-02,0,3,1,0,sun", "2020-01-01,0,3,1,0,sun"))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(repairs)
                .containsExactly(new Repair(3, "2020-01-01 does not come after 2020-01-02", "skipped the row", true));
    }

    @Test
    void failsOnARowOfAnotherShape() {
        StepVerifier.create(days("2020-01-01,0,3,1,0,sun", "2020-01-02,0"))
                .expectNextCount(1)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InputException.class)
                        .hasMessage("line 3 has 2 columns instead of 6"));
    }

    private Flux<Day> days(String... rows) {
        return Flux.just(Column.HEADER).concatWithValues(rows).transform(Days.stage(repairs::add));
    }
}
