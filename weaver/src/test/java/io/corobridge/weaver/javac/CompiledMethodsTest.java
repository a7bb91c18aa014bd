package io.corobridge.weaver.javac;

import static io.corobridge.weaver.transform.WovenMethods.Answer.UNKNOWN;
import static io.corobridge.weaver.transform.WovenMethods.Answer.UNWOVEN;
import static io.corobridge.weaver.transform.WovenMethods.Answer.WOVEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.weaver.transform.Woven;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the weaver is told of the methods that a class calls. */
class CompiledMethodsTest {
    @TempDir
    Path directory;

    private final MarkingWeaver weaver = new MarkingWeaver();

    private Compile compile(String part) {
        return Compile.in(directory.resolve(part)).processor(new WeaverProcessor(weaver::with));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "bytodo"})
    void knowsNothingOfSources(String policy) {
        Compile.Result result = compile("all")
                .option("-XDcompilePolicy=" + policy)
                .source("p/A.java", """
                        package p;
                        import io.corobridge.Co;
                        class A {
                            void f(Co co) {
                                B.plain(co, 1, new int[0][], "", new java.util.ArrayList<>());
                                B.guarded(co);
                                B.inherited(co);
                                B.In$ner.nested(co, null);
                            }
                        }
                        """)
                .source("p/B.java", """
                        package p;
                        import io.corobridge.Co;
                        class B extends Parent {
                            static <T extends Comparable<T>, C extends Co> void plain(
                                C co, long a, int[][] b, T c, java.util.List<? super T> d) {}
                            static synchronized void guarded(Co co) {}
                            static class In$ner { static void nested(Co co, java.util.Map.Entry<String, Integer> e) {} }
                        }
                        class Parent { static void inherited(Co co) {} }
                        """)
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(weaver.answers)
                .containsOnlyKeys("p/B.plain", "p/B.guarded", "p/B.inherited", "p/B$In$ner.nested")
                .allSatisfy((method, answer) -> assertThat(answer).as(method).isEqualTo(UNKNOWN));
    }

    @Test
    void knowsOfClassFilesByTheirMark() {
        String library = """
                import io.corobridge.Co;
                public class %s extends Parent {
                    public static <T extends Comparable<T>, C extends Co> void rich(
                        C co, long a, int[][] b, T c, java.util.List<? super T> d, boolean e, char f, double g) {}
                    public static synchronized void guarded(Co co) {}
                    public static class In$ner {
                        public static void nested(Co co, java.util.Map.Entry<String, Integer> e) {}
                    }
                }
                class Parent { public static void inherited(Co co) {} }
                """;
        Path woven = compile("woven")
                .source("Woven.java", library.formatted("Woven"))
                .run()
                .classes();
        Path plain = Compile.in(directory.resolve("plain"))
                .processor(new WeaverProcessor(known -> bytes -> new Woven(bytes, false, List.of())))
                .source("Plain.java", library.formatted("Plain").replace("Parent", "Mother"))
                .run()
                .classes();
        Compile.Result result = compile("user")
                .option(
                        "-classpath",
                        String.join(File.pathSeparator, Compile.corePath(), woven.toString(), plain.toString()))
                .source("A.java", """
                        class A {
                            void f(io.corobridge.Co co) {
                                Woven.rich(co, 1, null, "", null, true, 'x', 1);
                                Woven.guarded(co);
                                Woven.inherited(co);
                                Woven.In$ner.nested(co, null);
                                Plain.rich(co, 1, null, "", null, true, 'x', 1);
                                Plain.inherited(co);
                            }
                        }
                        """)
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(weaver.answers)
                .containsEntry("Woven.rich", WOVEN)
                .containsEntry("Woven.guarded", UNWOVEN)
                .containsEntry("Woven.inherited", WOVEN)
                .containsEntry("Woven$In$ner.nested", WOVEN)
                .containsEntry("Plain.rich", UNWOVEN)
                .containsEntry("Plain.inherited", UNWOVEN);
    }
}
