package io.corobridge.reactor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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

/** The arrows of the adapter: it knows what the core exports, Reactor, two optional libraries of its team, and in one package Spring. */
class ArchitectureTest {
    private static final String SPRING = "io.corobridge.reactor.spring..";
    private static final Path LOCATION = locationOf(CoMono.class);
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

    @Test
    void knowsTheExportedPackagesOfTheCoreOnly() {
        List<String> exported = module(locationOf(Coroutine.class), "io.corobridge").exports().stream()
                .filter(each -> !each.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .toList();
        assertThat(exported).contains("io.corobridge");
        String[] known = Stream.concat(
                        exported.stream(),
                        Stream.of(
                                "io.corobridge.reactor..",
                                "reactor.core..",
                                "reactor.util..",
                                "reactor.blockhound..",
                                "io.micrometer.context..",
                                "org.reactivestreams..",
                                "java..",
                                "org.jspecify.."))
                .toArray(String[]::new);
        classes()
                .that()
                .resideOutsideOfPackage(SPRING)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known)
                .check(ADAPTER);
    }

    @Test
    void nobodyNeedsWhatIsForSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SPRING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SPRING)
                .check(ADAPTER);
    }

    @Test
    void springIsOptional() {
        assertThat(module(LOCATION, "io.corobridge.reactor").requires())
                .filteredOn(each -> each.name().startsWith("spring."))
                .isNotEmpty()
                .allMatch(each -> each.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC));
    }

    @Test
    void hasOnePackageRoot() {
        assertThat(module(LOCATION, "io.corobridge.reactor").packages())
                .allMatch(name -> (name + ".").startsWith("io.corobridge.reactor."));
    }
}
