package io.corobridge.samples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a", "a\n", "a\nb", "a\r\nb\r\n", "a\rb\r", "\n\r\n\r", "a\n\nb"})
    void cutsLinesAsTheJdkDoes(String text) throws IOException {
        LineReader reader = new LineReader(new StringReader(text));
        for (String line : new BufferedReader(new StringReader(text)).lines().toList()) {
            assertThat(reader.readLine()).isEqualTo(line);
        }
        assertThat(reader.readLine()).isNull();
    }

    @Test
    void readsALineOfTheGreatestLength() throws IOException {
        String longest = "x".repeat(LineReader.LONGEST);
        LineReader reader = new LineReader(new StringReader(longest + "\r\n" + longest));
        assertThat(reader.readLine()).isEqualTo(longest);
        assertThat(reader.readLine()).isEqualTo(longest);
        assertThat(reader.readLine()).isNull();
    }

    @Test
    void givesUpALineThatDoesNotEnd() throws IOException {
        LineReader reader = new LineReader(new Endless());
        assertThatThrownBy(reader::readLine)
                .isInstanceOf(InputException.class)
                .hasMessage("line 1 is longer than 10000 characters");
    }

    private static final class Endless extends Reader {
        @Override
        public int read(char[] buffer, int offset, int count) {
            Arrays.fill(buffer, offset, offset + count, 'x');
            return count;
        }

        @Override
        public void close() {}
    }
}
