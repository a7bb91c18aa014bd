package io.corobridge.weaver.javac;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.Completion;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weaving where Gradle runs the processor: declared as incremental, and with an environment that Gradle has wrapped. */
class GradleTest {
    @TempDir
    Path directory;

    @Test
    void isDeclaredAsIsolating() throws IOException {
        try (InputStream declared =
                WeaverProcessor.class.getResourceAsStream("/META-INF/gradle/incremental.annotation.processors")) {
            assertThat(declared).isNotNull();
            assertThat(declared)
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(WeaverProcessor.class.getName() + ",isolating\n");
        }
    }

    @Test
    void weavesInAWrappedEnvironment() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(weaverUrls(), new WithoutWeaver())) {
            Processor processor = (Processor) loader.loadClass(WeaverProcessor.class.getName())
                    .getConstructor()
                    .newInstance();

            Compile.Result result = Compile.in(directory)
                    .processor(new Wrapping(new Wrapping(processor)))
                    .source("A.java", "class A { void f(io.corobridge.Co co) { co.await(); } }")
                    .run();

            assertThat(result.messages()).isEmpty();
            assertThat(result.marked()).containsExactly("A");
        }
    }

    private static URL[] weaverUrls() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String path : Compile.weaverPath().split(File.pathSeparator)) {
            urls.add(Path.of(path).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Sees javac but not the weaver: Gradle loads the processor and javac the plugin, so they have no class in common. */
    private static final class WithoutWeaver extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.corobridge.") || name.startsWith("org.objectweb.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    /** Gives another processor an environment that is not javac's own, as Gradle does to see which files it makes. */
    private record Wrapping(Processor processor) implements Processor {
        @Override
        public void init(ProcessingEnvironment environment) {
            processor.init(new Wrapper(environment));
        }

        @Override
        public Set<String> getSupportedOptions() {
            return processor.getSupportedOptions();
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return processor.getSupportedAnnotationTypes();
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return processor.getSupportedSourceVersion();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return processor.process(annotations, round);
        }

        @Override
        public Iterable<? extends Completion> getCompletions(
                Element element, AnnotationMirror annotation, ExecutableElement member, String text) {
            return processor.getCompletions(element, annotation, member, text);
        }
    }

    private record Wrapper(ProcessingEnvironment delegate) implements ProcessingEnvironment {
        @Override
        public Map<String, String> getOptions() {
            return delegate.getOptions();
        }

        @Override
        public Messager getMessager() {
            return delegate.getMessager();
        }

        @Override
        public Filer getFiler() {
            return delegate.getFiler();
        }

        @Override
        public Elements getElementUtils() {
            return delegate.getElementUtils();
        }

        @Override
        public Types getTypeUtils() {
            return delegate.getTypeUtils();
        }

        @Override
        public SourceVersion getSourceVersion() {
            return delegate.getSourceVersion();
        }

        @Override
        public Locale getLocale() {
            return delegate.getLocale();
        }
    }
}
