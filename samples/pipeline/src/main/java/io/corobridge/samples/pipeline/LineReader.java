package io.corobridge.samples.pipeline;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Reads lines as {@link BufferedReader#readLine()} does, but gives up one that is too long before it fills the memory. */
final class LineReader implements Closeable {
    static final int LONGEST = 10_000;

    private final BufferedReader reader;
    private int number;

    LineReader(Reader reader) {
        this.reader = new BufferedReader(reader);
    }

    /** Returns null at the end. */
    @Nullable
    String readLine() throws IOException {
        int next = reader.read();
        if (next < 0) {
            return null;
        }
        number++;
        StringBuilder line = new StringBuilder();
        while (next >= 0 && next != '\n' && next != '\r') {
            if (line.length() == LONGEST) {
                throw new InputException("line " + number + " is longer than " + LONGEST + " characters");
            }
            line.append((char) next);
            next = reader.read();
        }
        if (next == '\r') {
            skipLineFeed();
        }
        return line.toString();
    }

    private void skipLineFeed() throws IOException {
        reader.mark(1);
        if (reader.read() != '\n') {
            reader.reset();
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
