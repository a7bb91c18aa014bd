package io.corobridge.samples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import io.corobridge.reactor.CoMono;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class RowsTest {
    @Test
    void answersARefusalWithTheRepairedRow() {
        Flux<String> lines = Flux.just(Column.HEADER, "2020-01-01,0,7,1,0,sun", "2020-01-02,0,x,1,0,sun");
        List<Row> seen = CoMono.from(Coroutine.of(co -> {
                    AsyncGenerator<Row, Void> rows = Rows.of(CoFlux.toAsyncIterable(lines), repair -> {});
                    Row first = co.await(rows.anext());
                    Row second = co.await(rows.anext());
                    Row repaired = co.await(rows.athrow(
                            new BadRowException(Column.TEMP_MAX, "no number", BadRowException.Kind.BAD_VALUE)));
                    co.await(rows.aclose());
                    return List.of(first, second, repaired);
                }))
                .block();
        assertThat(seen)
                .extracting(Row::text)
                .containsExactly("2020-01-01,0,7,1,0,sun", "2020-01-02,0,x,1,0,sun", "2020-01-02,0,7,1,0,sun");
    }
}
