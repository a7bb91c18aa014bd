package io.corobridge.samples.pipeline;

import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;

/**
 * Bars and sparklines made of characters that the terminal has.
 *
 * @param fills parts of a bar's character, the last one full
 * @param heights of a sparkline's character, the last one highest
 * @param celsius the unit
 */
record Chart(String fills, String heights, String celsius) {
    private static final Chart BLOCKS = new Chart("▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇█", "°C");
    private static final Chart ASCII = new Chart("#", "_.-~=*#", "C");

    static Chart on(Charset charset) {
        return charset.newEncoder().canEncode(BLOCKS.fills + BLOCKS.heights + BLOCKS.celsius) ? BLOCKS : ASCII;
    }

    /** A bar from {@code from} to {@code value}, of {@code width} characters when it reaches {@code to}. */
    String bar(double value, double from, double to, int width) {
        int parts = fills.length();
        int length = to > from ? (int) Math.round((value - from) / (to - from) * width * parts) : 0;
        String full = fills.substring(parts - 1).repeat(length / parts);
        return length % parts == 0 ? full : full + fills.charAt(length % parts - 1);
    }

    /** At most {@code width} of the values, evenly spread, the last one included. */
    String sparkline(List<Double> values, int width) {
        double lowest = Collections.min(values);
        double range = Collections.max(values) - lowest;
        int points = Math.min(width, values.size());
        StringBuilder line = new StringBuilder();
        for (long point = 1; point <= points; point++) {
            double value = values.get((int) (point * values.size() / points) - 1);
            int step = range == 0 ? 0 : (int) Math.round((value - lowest) / range * (heights.length() - 1));
            line.append(heights.charAt(step));
        }
        return line.toString();
    }
}
