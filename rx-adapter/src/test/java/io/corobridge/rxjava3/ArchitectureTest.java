package io.corobridge.rxjava3;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.corobridge.Coroutine;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the adapter: it knows what the core exports, what RxJava exports, and nothing else. */
class ArchitectureTest {
    private static final Path LOCATION = locationOf(CoSingle.class);
    private static final JavaClasses ADAPTER = new ClassFileImporter().importPath(LOCATION);

    private static Path locationOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ModuleDescriptor module(Path location, String name) {
        return ModuleFinder.of(location).find(name).orElseThrow().descriptor();
    }

    private static List<String> exportedBy(Class<?> type, String name) {
        return module(locationOf(type), name).exports().stream()
                .filter(each -> !each.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .toList();
    }

    @Test
    void knowsTheExportedPackagesOfTheCoreAndOfRxJavaOnly() {
        List<String> core = exportedBy(Coroutine.class, "io.corobridge");
        List<String> rx = exportedBy(io.reactivex.rxjava3.core.Flowable.class, "io.reactivex.rxjava3");
        assertThat(core).contains("io.corobridge");
        assertThat(rx).contains("io.reactivex.rxjava3.core").noneMatch(name -> name.contains("internal"));
        String[] known = Stream.of(
                        core.stream(),
                        rx.stream(),
                        Stream.of("io.corobridge.rxjava3..", "org.reactivestreams..", "java..", "org.jspecify.."))
                .flatMap(each -> each)
                .toArray(String[]::new);
        classes().should().onlyDependOnClassesThat().resideInAnyPackage(known).check(ADAPTER);
    }

    @Test
    void hasOnePackageRoot() {
        assertThat(module(LOCATION, "io.corobridge.rxjava3").packages())
                .allMatch(name -> (name + ".").startsWith("io.corobridge.rxjava3."));
    }
}
