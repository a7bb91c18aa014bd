package io.corobridge.weaver.javac;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.weaver.transform.Woven;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which class files are woven, and what may not go wrong. */
class WeaverProcessorTest {
    @TempDir
    Path directory;

    private final MarkingWeaver weaver = new MarkingWeaver();

    private Compile compile() {
        return Compile.in(directory)
                .processor(new WeaverProcessor(weaver::with))
                .option("-Xlint:all,-exports,-missing-explicit-ctor", "-Werror");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "bytodo"})
    void weavesEveryKindOfClass(String policy) {
        Compile.Result result = compile()
                .option("-XDcompilePolicy=" + policy)
                .source("p/A.java", """
                        package p;
                        class A {
                            class Inner { class Deeper {} }
                            static class Nested {}
                            interface Face { default void f() {} }
                            enum Choice { ONE { void g() {} }; void g() {} }
                            record Pair(int a, int b) {}
                            @interface Note {}
                            Runnable lambda = () -> {};
                            Object anonymous = new Object() {};
                            void local() { class Local {} new Local(); }
                            class Dollar$Sign {}
                        }
                        class Second {}
                        """)
                .source("B.java", "class B {}")
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(result.marked())
                .containsExactly(
                        "B",
                        "p/A",
                        "p/A$1",
                        "p/A$1Local",
                        "p/A$Choice",
                        "p/A$Choice$1",
                        "p/A$Dollar$Sign",
                        "p/A$Face",
                        "p/A$Inner",
                        "p/A$Inner$Deeper",
                        "p/A$Nested",
                        "p/A$Note",
                        "p/A$Pair",
                        "p/Second");
    }

    @Test
    void leavesModuleInfoAndPackageInfoAlone() {
        Compile.Result result = compile()
                .source("module-info.java", "module m { exports p; }")
                .source("p/package-info.java", "package p;")
                .source("p/A.java", "package p; public class A {}")
                .run();

        assertThat(result.succeeded()).as("%s", result.messages()).isTrue();
        assertThat(result.marked()).containsExactly("p/A");
    }

    @Test
    void weavesSeveralModulesAtOnce() {
        Compile.Result result = Compile.in(directory)
                .processor(new WeaverProcessor(weaver::with))
                .option("--module-source-path", directory.resolve("source").toString())
                .source("m/module-info.java", "module m { exports p; }")
                .source("m/p/A.java", "package p; public class A {}")
                .source("n/module-info.java", "module n { requires m; }")
                .source("n/q/B.java", "package q; class B extends p.A {}")
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(result.marked()).containsExactly("m/p/A", "n/q/B");
    }

    @Test
    void weavesWhatAnotherProcessorGenerates() {
        Compile.Result result = compile()
                .processor(new Generating())
                .source("A.java", "class A { First a; Second b; }")
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(result.marked()).containsExactly("A", "First", "Second");
    }

    @Test
    void writesTheSameBytesEachTime() {
        byte[] first =
                compile().source("A.java", "class A { void f() {} }").run().classFile("A");

        byte[] again =
                compile().source("A.java", "class A { void f() {} }").run().classFile("A");

        assertThat(again).isEqualTo(first);
    }

    @Test
    void compilesOneFileAgainAgainstWovenOnes() {
        compile()
                .sources("A.java", "class A {}", "B.java", "class B extends A {}")
                .run();

        Compile.Result result = Compile.in(directory)
                .processor(new WeaverProcessor(weaver::with))
                .option("-classpath", directory.resolve("classes") + File.pathSeparator + Compile.corePath())
                .source("B.java", "class B extends A { int more; }")
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(result.marked()).containsExactly("A", "B");
    }

    @Test
    void doesNotTouchAFileThatNeedsNoWeaving() throws IOException {
        Path file = directory.resolve("classes/A.class");
        FileTime[] seen = new FileTime[1];
        Compile.Result result = Compile.in(directory)
                .processor(new WeaverProcessor(known -> bytes -> {
                    seen[0] = age(file);
                    return new Woven(bytes, false, List.of());
                }))
                .source("A.java", "class A {}")
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(seen[0]);
    }

    private static FileTime age(Path file) {
        try {
            return Files.getLastModifiedTime(Files.setLastModifiedTime(file, FileTime.fromMillis(1_000)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void leavesAClassAsItWasWhenTheWeaverFails() {
        Compile.Result result = Compile.in(directory)
                .processor(new WeaverProcessor(known -> bytes -> {
                    throw new AssertionError("a bug");
                }))
                .source("p/A.java", "package p; class A { static class B {} }")
                .run();

        assertThat(result.succeeded()).isTrue();
        assertThat(result.marked()).isEmpty();
        assertThat(result.messages()).hasSize(2).allSatisfy(message -> {
            assertThat(message.kind()).isEqualTo(Diagnostic.Kind.WARNING);
            assertThat(message.text())
                    .contains("the weaver failed on p.A", "AssertionError: a bug", "at io.corobridge.weaver");
        });
        assertThat(result.classFile("p/A")).isNotEmpty();
    }

    @Test
    void isAnErrorWhenTheClassFileCannotBeWritten() {
        Compile.Result result = Compile.in(directory)
                .processor(new WeaverProcessor(weaver::with))
                .files(manager -> new InMemoryFiles(manager) {
                    @Override
                    public FileObject getFileForOutput(
                            Location location, String folder, String name, FileObject sibling) throws IOException {
                        throw new IOException("disk full");
                    }
                })
                .source("A.java", "class A {}")
                .run();

        assertThat(result.succeeded()).isFalse();
        assertThat(result.ours())
                .singleElement()
                .satisfies(message -> assertThat(message.text()).contains("the class file of A", "disk full"));
    }

    @Test
    void weavesBesideTheSourceWithoutOutputDirectory() {
        Compile.Result result = compile()
                .withoutOutput()
                .source("p/A.java", "package p; class A { class B {} }")
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(result.marked()).containsExactly("p/A", "p/A$B");
    }

    @Test
    void weavesInAFileManagerThatKeepsItsOwnFiles() {
        InMemoryFiles[] files = new InMemoryFiles[1];
        Compile.Result result = compile()
                .files(manager -> files[0] = new InMemoryFiles(manager))
                .source("p/A.java", "package p; class A { class B {} }")
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(files[0].stored()).containsOnlyKeys("p/A.class", "p/A$B.class");
        assertThat(files[0].stored().values()).allMatch(MarkingWeaver::isMarked);
    }

    static List<Named<UnaryOperator<JavaFileManager>>> unreadable() {
        return List.of(Named.of("elsewhere", Unreadable::new), Named.of("write only", WriteOnly::new));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void warnsOnceWhenClassFilesCannotBeRead(UnaryOperator<JavaFileManager> files) {
        Compile.Result result = Compile.in(directory)
                .processor(new WeaverProcessor(weaver::with))
                .files(Unreadable::new)
                .source("None.java", "class None { void f(String s) {} }")
                .source("A.java", """
                        import io.corobridge.Co;
                        class A {
                            void f(Co co) {}
                            static class B { void g(Co co) {} }
                        }
                        """)
                .source("C.java", "class C { io.corobridge.Body b = co -> {}; }")
                .run();

        assertThat(result.messages()).singleElement().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(Diagnostic.Kind.WARNING);
            assertThat(message.at()).isEqualTo("A.java:3:15");
            assertThat(message.text())
                    .contains("is not woven", "Delegate IDE build", "java -jar corobridge-weaver.jar");
        });
    }

    @Test
    void saysNothingWhenNothingUsesHandles() {
        Compile.Result result = compile()
                .files(Unreadable::new)
                .source("None.java", "class None { void f(String s) {} }")
                .run();

        assertThat(result.messages()).isEmpty();
    }

    @Test
    void addsNothingToACompilationThatFails() {
        Compile.Result result = compile()
                .source("A.java", "class A { int x = \"\"; void f(io.corobridge.Co co) {} }")
                .run();

        assertThat(result.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.text()).contains("incompatible types"));
    }

    @Test
    void isNoBurdenWithoutCorobridgeOnTheClassPath() {
        Compile.Result result = compile()
                .option("-classpath", directory.toString())
                .source("A.java", "class A { void f(String s, int[] i) { Runnable r = () -> {}; } }")
                .run();

        assertThat(result.messages()).isEmpty();
    }

    /** As an IDE's builder: what was written is kept elsewhere until the compiler is done. */
    private static final class Unreadable extends ForwardingJavaFileManager<JavaFileManager> {
        Unreadable(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) throws IOException {
            return new ForwardingJavaFileObject<>(super.getJavaFileForOutput(location, className, kind, sibling)) {
                @Override
                public OutputStream openOutputStream() {
                    return OutputStream.nullOutputStream();
                }
            };
        }
    }

    /** Keeps class files without a way to read them. */
    private static final class WriteOnly extends InMemoryFiles {
        WriteOnly(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public FileObject getFileForOutput(Location location, String folder, String name, FileObject sibling) {
            return new SimpleJavaFileObject(
                    URI.create("memory:///" + name.replace("$", "%24")), JavaFileObject.Kind.CLASS) {};
        }
    }

    /** Two rounds of generated sources. */
    @SupportedAnnotationTypes("*")
    private static final class Generating extends AbstractProcessor {
        private int round;

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
            String[] names = {"First", "Second"};
            if (round < names.length) {
                String name = names[round++];
                try (var writer =
                        processingEnv.getFiler().createSourceFile(name).openWriter()) {
                    writer.write("class " + name + " {}");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            return false;
        }
    }
}
