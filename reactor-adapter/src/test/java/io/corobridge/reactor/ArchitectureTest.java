package io.corobridge.reactor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.corobridge.Coroutine;
import io.corobridge.testkit.Modules;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the adapter: it knows what the core exports, Reactor, two optional libraries of its team, and in one package Spring. */
class ArchitectureTest {
    private static final String SPRING = "io.corobridge.reactor.spring..";
    private static final JavaClasses ADAPTER = new ClassFileImporter().importPath(Modules.locationOf(CoMono.class));
    private static final ModuleDescriptor MODULE = Modules.descriptorOf(CoMono.class, "io.corobridge.reactor");

    @Test
    void knowsTheExportedPackagesOfTheCoreOnly() {
        List<String> exported = Modules.exportedWith(Coroutine.class, "io.corobridge");
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
        assertThat(MODULE.requires())
                .filteredOn(each -> each.name().startsWith("spring."))
                .isNotEmpty()
                .allMatch(each -> each.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC));
    }

    @Test
    void hasOnePackageRoot() {
        assertThat(MODULE.packages()).allMatch(name -> (name + ".").startsWith("io.corobridge.reactor."));
    }
}
