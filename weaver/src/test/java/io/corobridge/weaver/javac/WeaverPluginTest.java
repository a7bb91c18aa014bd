package io.corobridge.weaver.javac;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Where javac does not run the processor, the user learns it. Mostly with a javac of its own, as a user has it. */
class WeaverPluginTest {
    private static final String BODY =
            "import io.corobridge.*;\nclass A {\n    void f(Co co) {}\n    void g(Co co) {}\n}\n";

    @TempDir
    Path directory;

    private Compile compile() {
        return Compile.in(directory).option("-processorpath", Compile.weaverPath());
    }

    private static Compile.Message only(Compile.Result result) {
        assertThat(result.messages()).hasSize(1);
        return result.messages().get(0);
    }

    @Test
    void saysNothingWhenTheProcessorRuns() {
        Compile.Result result =
                compile().option("-Xlint:all", "-Werror").source("A.java", BODY).runForked();

        assertThat(result.messages()).isEmpty();
    }

    @Test
    void warnsOnceWithoutAnnotationProcessing() {
        Compile.Result result = compile()
                .option("-proc:none")
                .source("None.java", "class None { void f(String s) {} }")
                .source("A.java", BODY)
                .source("B.java", BODY.replace("class A", "class B"))
                .runForked();

        assertThat(result.succeeded()).isTrue();
        assertThat(only(result).kind()).isEqualTo(Diagnostic.Kind.WARNING);
        assertThat(only(result).at()).isEqualTo("A.java:3:15");
        assertThat(only(result).text()).contains("'-proc:none'", "java -jar corobridge-weaver.jar");
    }

    @Test
    void warnsWhenOtherProcessorsAreNamed() {
        Compile.Result result = compile()
                .option("-processorpath", Compile.weaverPath() + File.pathSeparator + Compile.pathOf(Greedy.class))
                .option("-processor", Greedy.class.getName())
                .source("A.java", BODY)
                .runForked();

        assertThat(only(result).text()).contains("'-processor'", WeaverProcessor.class.getName());
    }

    @Test
    void saysNothingWhenItIsNamedToo() {
        Compile.Result result = compile()
                .option("-processor", WeaverProcessor.class.getName())
                .source("A.java", BODY)
                .runForked();

        assertThat(result.messages()).isEmpty();
    }

    @Test
    void warnsWhenAProcessorBeforeItClaimsEverything() throws IOException {
        Compile.Result result = compile()
                .option("-processorpath", greedyPath() + File.pathSeparator + Compile.weaverPath())
                .source("A.java", BODY)
                .runForked();

        assertThat(only(result).text()).contains("claims all annotations", "first on the annotation processor path");
    }

    @Test
    void saysNothingWhenTheGreedyOneComesAfterIt() throws IOException {
        Compile.Result result = compile()
                .option("-processorpath", Compile.weaverPath() + File.pathSeparator + greedyPath())
                .source("A.java", BODY)
                .runForked();

        assertThat(result.messages()).isEmpty();
    }

    /** A directory that offers {@link Greedy} as a service. */
    private String greedyPath() throws IOException {
        Path services = directory.resolve("greedy/META-INF/services");
        Files.createDirectories(services);
        Files.writeString(services.resolve("javax.annotation.processing.Processor"), Greedy.class.getName());
        return directory.resolve("greedy") + File.pathSeparator + Compile.pathOf(Greedy.class);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_23)
    void warnsWhenItLiesOnTheClassPathOnly() {
        Compile.Result result = Compile.in(directory)
                .option("-classpath", Compile.corePath() + File.pathSeparator + Compile.weaverPath())
                .source("A.java", BODY)
                .runForked();

        assertThat(only(result).text()).contains("since JDK 23", "annotation processor path");
    }

    /** As Gradle does: javac has a class loader for the plugin, and the processor comes from another one. */
    @Test
    void saysNothingWhenTheProcessorWasLoadedElsewhere() {
        Compile.Result result = compile()
                .processor(new WeaverProcessor(new MarkingWeaver()::with))
                .source("A.java", BODY)
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(result.marked()).containsExactly("A");
    }

    @Test
    void saysNothingOfSourcesWithoutHandles() {
        Compile.Result result = compile()
                .option("-proc:none")
                .source("None.java", "class None { void f(String s) { Runnable r = () -> {}; } }")
                .source("module-info.java", "module m {}")
                .runForked();

        assertThat(result.messages()).isEmpty();
    }

    @Test
    void findsAHandleInALambda() {
        Compile.Result result = compile()
                .option("-proc:none")
                .source("A.java", "class A { io.corobridge.Body body = co -> co.await(); }")
                .runForked();

        assertThat(only(result).line()).isEqualTo(1);
    }

    @Test
    void canBeTurnedOffOrUp() {
        Compile.Result off = compile()
                .option("-proc:none", "-Xplugin:Corobridge unprocessed=off")
                .source("A.java", BODY)
                .runForked();
        Compile.Result up = compile()
                .option("-proc:none", "-Xplugin:Corobridge unprocessed=error")
                .source("A.java", BODY)
                .runForked();

        assertThat(off.messages()).isEmpty();
        assertThat(only(up).kind()).isEqualTo(Diagnostic.Kind.ERROR);
    }

    @Test
    void isSuppressedWhereItPoints() {
        Compile.Result result = compile()
                .option("-proc:none")
                .source("A.java", BODY.replace("class A", "@SuppressWarnings(\"corobridge.unweavable\") class A"))
                .source("B.java", BODY.replace("class A", "class B"))
                .runForked();

        assertThat(only(result).file()).isEqualTo("B.java");
    }

    @Test
    void leavesTheCoreAlone() {
        Compile.Result result = compile()
                .option("-proc:none")
                .source("io/corobridge/Handle.java", "package io.corobridge; class Handle {}")
                .source("io/corobridge/Each.java", "package io.corobridge; class Each { void f(Handle h) {} }")
                .runForked();

        assertThat(result.messages()).isEmpty();
    }

    /** Claims whatever there is. */
    @SupportedAnnotationTypes("*")
    public static final class Greedy extends AbstractProcessor {
        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
            return true;
        }
    }
}
