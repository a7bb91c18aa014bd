package io.corobridge.samples.pipeline;

/**
 * What became of a row that the consumer refused.
 *
 * @param line where the row stands in the file
 * @param problem why it was refused
 * @param remedy what the producer did
 * @param skipped whether that was to leave it out
 */
record Repair(int line, String problem, String remedy, boolean skipped) {}
