package io.corobridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Each row of a part of {@code docs/signals.md} names tests that exist. */
public final class SignalTable {
    /** A class with or without a method; a class that is left out is that of the test before. */
    private static final Pattern NAME = Pattern.compile("`(\\w*)(?:\\.(\\w+))?`");

    private SignalTable() {}

    /** The part is that of an adapter, and the tests are in its package. */
    public static void assertRowsNameTests(String part, String testPackage) throws IOException {
        Matcher section = Pattern.compile("\n## " + Pattern.quote(part) + "\n(.*?)\n## ", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "signals.md")));
        assertThat(section.find()).isTrue();
        List<String> rows = section.group(1)
                .lines()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| --- ") && !line.endsWith("| test |"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(40).allSatisfy(row -> assertNamesTests(row, testPackage));
    }

    private static void assertNamesTests(String row, String testPackage) throws ClassNotFoundException {
        Matcher names = NAME.matcher(row.substring(row.lastIndexOf(" | ")));
        String type = "";
        List<Method> named = new ArrayList<>();
        while (names.find()) {
            type = names.group(1).isEmpty() ? type : names.group(1);
            String method = names.group(2);
            List<Method> tests = testsOf(Class.forName(testPackage + "." + type), method);
            assertThat(tests).as("%s.%s", type, method).isNotEmpty();
            named.addAll(tests);
        }
        assertThat(named).as(row).isNotEmpty();
    }

    /** Those with that name, or all. */
    private static List<Method> testsOf(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> name == null || method.getName().equals(name))
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .toList();
    }
}
