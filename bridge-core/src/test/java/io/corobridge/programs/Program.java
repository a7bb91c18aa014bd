package io.corobridge.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A recorded program: its bodies, the steps taken on them from outside, and the trace that CPython made of it. */
record Program(int seed, List<Body> bodies, List<Drive> drive, List<String> trace) {
    record Body(boolean isGenerator, List<Statement> block) {}

    record Drive(String op, int target, int number) {}

    static List<Program> recorded() {
        try (InputStream file = Program.class.getResourceAsStream("programs.jsonl.gz");
                InputStream text = new GZIPInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            return reader.lines().map(Program::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Program parse(String line) {
        List<?> parts = Json.list(line);
        List<Body> bodies = new ArrayList<>();
        for (Object body : (List<?>) parts.get(1)) {
            List<?> kindAndBlock = (List<?>) body;
            bodies.add(new Body(kindAndBlock.get(0).equals("g"), block(kindAndBlock.get(1))));
        }
        List<Drive> drive = new ArrayList<>();
        for (Object step : (List<?>) parts.get(2)) {
            List<?> values = (List<?>) step;
            drive.add(new Drive((String) values.get(0), (Integer) values.get(1), (Integer) values.get(2)));
        }
        return new Program((Integer) parts.get(0), bodies, drive, strings(parts.get(3)));
    }

    private static List<Statement> block(Object list) {
        List<Statement> block = new ArrayList<>();
        for (Object statement : (List<?>) list) {
            block.add(statement((List<?>) statement));
        }
        return block;
    }

    private static Statement statement(List<?> parts) {
        String name = (String) parts.get(0);
        if (name.equals("twice")) {
            return new Statement.Twice(block(parts.get(1)));
        }
        int n = (Integer) parts.get(1);
        switch (name) {
            case "yield":
                return new Statement.Yield(n);
            case "from":
            case "via":
                return new Statement.From(n, (Integer) parts.get(2), name.equals("via"));
            case "foreign":
                return new Statement.Foreign(n, (String) parts.get(2), (Integer) parts.get(3));
            case "try":
                return new Statement.Try(
                        n,
                        block(parts.get(2)),
                        strings(parts.get(3)),
                        block(parts.get(4)),
                        parts.get(5).equals(1),
                        parts.get(6) == null ? null : block(parts.get(6)));
            case "raise":
                return new Statement.Raise(n, (String) parts.get(2));
            case "return":
                return new Statement.Return(n);
            case "op":
                return new Statement.Op(n, (String) parts.get(2), (Integer) parts.get(3));
            case "states":
                return new Statement.States(n);
            default:
                throw new IllegalArgumentException(name);
        }
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }
}
