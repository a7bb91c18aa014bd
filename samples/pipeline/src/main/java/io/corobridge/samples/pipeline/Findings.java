package io.corobridge.samples.pipeline;

import java.util.List;

/**
 * What the pipeline found out.
 *
 * @param lines how many lines the file has
 * @param repairs the rows that were thrown back
 * @param runningMeans of the daily maximum temperature, after each day, °C
 * @param summary what the averager returned
 * @param months the first months
 * @param ending what happened, in order, when the months were enough
 */
record Findings(
        int lines,
        List<Repair> repairs,
        List<Double> runningMeans,
        Averager.Summary summary,
        List<Month> months,
        List<String> ending) {}
