package io.corobridge.weaver;

/** The command line: weaves the class files in directories and jars. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
