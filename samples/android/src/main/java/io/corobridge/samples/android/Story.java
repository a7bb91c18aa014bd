package io.corobridge.samples.android;

/**
 * A story in the news.
 *
 * @param id what the server calls it
 * @param text what it says
 */
public record Story(String id, String text) {}
