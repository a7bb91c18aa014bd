package io.corobridge.samples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void escapesWhatBreaksALineOrCannotBeSeen() {
        assertThat(Texts.printable("a\nb\r\t\u001b[31m\u0085\u2028\u2029\u202e\ufeff"))
                .isEqualTo("a\\u000Ab\\u000D\\u0009\\u001B[31m\\u0085\\u2028\\u2029\\u202E\\uFEFF");
    }

    @Test
    void leavesLettersAsTheyAre() {
        assertThat(Texts.printable("Zürich 東京 \\ $1 😀.csv")).isEqualTo("Zürich 東京 \\ $1 😀.csv");
    }

    @Test
    void shortensWhatItQuotes() {
        assertThat(Texts.quoted("x".repeat(40))).isEqualTo('"' + "x".repeat(40) + '"');
        assertThat(Texts.quoted("x".repeat(41))).isEqualTo('"' + "x".repeat(40) + "...\"");
    }
}
