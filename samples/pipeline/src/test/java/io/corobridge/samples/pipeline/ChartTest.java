package io.corobridge.samples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {
    private final Chart blocks = Chart.on(StandardCharsets.UTF_8);
    private final Chart ascii = Chart.on(StandardCharsets.US_ASCII);

    @Test
    void drawsBarsInEighths() {
        assertThat(blocks.bar(10, 0, 10, 4)).isEqualTo("████");
        assertThat(blocks.bar(5.3125, 0, 10, 4)).isEqualTo("██▏");
        assertThat(blocks.bar(-2, -2, 10, 4)).isEmpty();
        assertThat(blocks.bar(3, 3, 3, 4)).isEmpty();
        assertThat(ascii.bar(5.1, 0, 10, 4)).isEqualTo("##");
    }

    @Test
    void drawsSparklinesThatEndWithTheLastValue() {
        assertThat(blocks.sparkline(List.of(0.0, 7.0), 10)).isEqualTo("▁█");
        assertThat(blocks.sparkline(List.of(9.0, 0.0, 9.0, 7.0), 2)).isEqualTo("▁▆");
        assertThat(blocks.sparkline(List.of(4.0), 10)).isEqualTo("▁");
        assertThat(ascii.sparkline(List.of(0.0, 6.0), 10)).isEqualTo("_#");
    }

    @Test
    void isPlainWhereTheCharsetLacksTheBlocks() {
        assertThat(Chart.on(Charset.forName("windows-1252")).celsius()).isEqualTo("C");
    }
}
