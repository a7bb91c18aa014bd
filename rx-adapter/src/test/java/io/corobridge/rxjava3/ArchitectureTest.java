package io.corobridge.rxjava3;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.corobridge.Coroutine;
import io.corobridge.testkit.Modules;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the adapter: it knows what the core exports, what RxJava exports, and nothing else. */
class ArchitectureTest {
    private static final JavaClasses ADAPTER = new ClassFileImporter().importPath(Modules.locationOf(CoSingle.class));

    @Test
    void knowsTheExportedPackagesOfTheCoreAndOfRxJavaOnly() {
        List<String> core = Modules.exportedWith(Coroutine.class, "io.corobridge");
        List<String> rx = Modules.exportedWith(Flowable.class, "io.reactivex.rxjava3");
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
        assertThat(Modules.descriptorOf(CoSingle.class, "io.corobridge.rxjava3").packages())
                .allMatch(name -> (name + ".").startsWith("io.corobridge.rxjava3."));
    }
}
