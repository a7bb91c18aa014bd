package io.corobridge.samples.pipeline;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what the pipeline found out, for a terminal of 80 columns. */
final class Report {
    private static final int BAR_WIDTH = 36;
    private static final int LINE_WIDTH = 64;
    private static final int MOST_PLACES = 5;
    private static final int MOST_ROWS = 10;

    private final PrintStream out;
    private final Chart chart;

    Report(PrintStream out, Chart chart) {
        this.out = out;
        this.chart = chart;
    }

    void print(WeatherFile file, Options options, Findings findings) {
        title(file, options, findings);
        repairs(findings.repairs());
        averages(findings);
        months(findings.months());
        ending(findings.ending());
    }

    private void title(WeatherFile file, Options options, Findings findings) {
        boolean bundled = options.file() == null;
        String source = bundled ? "Seattle, daily weather from 2012 to 2015 (NOAA)" : file.name();
        line("%s: %d lines", source, findings.lines());
        List<Integer> damaged = Spoiler.places(options.spoil(), findings.lines());
        if (!damaged.isEmpty()) {
            line(
                    "Damaged on purpose before parsing (--spoil %d): line %s",
                    options.spoil(),
                    damaged.stream().limit(MOST_PLACES).map(String::valueOf).collect(Collectors.joining(", "))
                            + (damaged.size() > MOST_PLACES ? ", ..." : ""));
        }
        if (bundled) {
            line("The file itself is clean.");
        }
    }

    private void repairs(List<Repair> repairs) {
        long rows = repairs.stream().mapToInt(Repair::line).distinct().count();
        long skipped = repairs.stream().filter(Repair::skipped).count();
        line("");
        line("Bad rows, thrown back to their producer: %d repaired, %d skipped", rows - skipped, skipped);
        for (Repair repair : limited(repairs)) {
            line("  line %5d  %s: %s", repair.line(), repair.problem(), repair.remedy());
        }
        if (repairs.size() > MOST_ROWS) {
            line("  and %d more", repairs.size() - MOST_ROWS);
        }
    }

    private static List<Repair> limited(List<Repair> rows) {
        return rows.subList(0, Math.min(rows.size(), MOST_ROWS));
    }

    private void averages(Findings findings) {
        Averager.Summary summary = findings.summary();
        line("");
        line("Daily maximum temperature, as the averager returned it");
        line("  days     %7d", summary.count());
        line("  mean     %7.2f %s", summary.mean(), chart.celsius());
        line("  lowest   %7.2f %s", summary.lowest(), chart.celsius());
        line("  highest  %7.2f %s", summary.highest(), chart.celsius());
        line("  mean so far, from the first day to the last:");
        line("  %s", chart.sparkline(findings.runningMeans(), LINE_WIDTH));
    }

    private void months(List<Month> months) {
        double from =
                Math.min(0, months.stream().mapToDouble(Month::meanMax).min().orElse(0));
        double to = months.stream().mapToDouble(Month::meanMax).max().orElse(0);
        line("");
        line("The first months: mean of the daily maximum temperature, and precipitation");
        for (Month month : months) {
            line(
                    "  %s  %5.1f %s  %-" + BAR_WIDTH + "s  %7.1f mm",
                    month.month(),
                    month.meanMax(),
                    chart.celsius(),
                    chart.bar(month.meanMax(), from, to, BAR_WIDTH),
                    month.precipitation());
        }
    }

    private void ending(List<String> events) {
        line("");
        line("The end of reading");
        int step = 0;
        for (String event : events) {
            step++;
            line("  %d. %s", step, event);
        }
    }

    private void line(String format, Object... args) {
        out.printf(Locale.ROOT, format + "%n", args);
    }
}
