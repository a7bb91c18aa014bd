package io.corobridge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.corobridge.engine.Rethrow;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The layers of the core. The protocol is the root package; below it the machine, which runs on the engines; above it the driver,
 * and the streams on top of that.
 */
class ArchitectureTest {
    private static final String ROOT = "io.corobridge";
    private static final String PLATFORM = "io.corobridge.platform";
    private static final String MACHINE = "io.corobridge.machine";
    private static final String ENGINE = "io.corobridge.engine";
    private static final String DRIVE = "io.corobridge.drive";
    private static final String STREAMS = "io.corobridge.streams";

    /**
     * The only part of the protocol that knows the machine: handles are machines, the factories make its objects, the sealed
     * types permit them, what a cancel throws goes to its report of unraisable exceptions, hooks belong to the thread that steps,
     * and coroutines that the library itself makes are frames. What woven bodies call in the place of the handles' methods, and the
     * loops and contexts among it, have frames.
     */
    private static final DescribedPredicate<JavaClass> HANDLES_AND_FACTORIES = oneOf(
            "handles with their woven calls, factories, sealed types, context variables, hooks and routines",
            Handle.class,
            Co.class,
            GeneratorCo.class,
            AsyncGeneratorCo.class,
            Coroutine.class,
            Generator.class,
            AsyncGenerator.class,
            AwaitIterator.class,
            Awaitables.class,
            Pending.class,
            Context.class,
            ContextVar.class,
            AsyncGeneratorHooks.class,
            Tracking.class,
            Routine.class,
            FrameSupport.class,
            WovenCalls.class,
            WithFrame.class,
            Each.class);

    /** The only part of the protocol that knows the streams: users look for what takes a publisher there. */
    private static final DescribedPredicate<JavaClass> TAKES_PUBLISHERS = oneOf(
            "co.await(publisher), co.each(publisher), their woven calls and their factory",
            Co.class,
            WovenCalls.class,
            Awaitables.class);

    private static final String ASYNCIO = "io.corobridge.asyncio";
    private static final String SIGHT = "io.corobridge.sight";

    private static final String[] ADAPTERS = {
        "io.corobridge.reactor..", "io.corobridge.rxjava3..", "io.corobridge.kotlin..", "io.corobridge.weaver.."
    };

    /** The state machine and the engines, without a helper that every layer uses and that uses none. */
    private static final DescribedPredicate<JavaClass> INNER =
            resideInAnyPackage(MACHINE, ENGINE).and(not(oneOf("the helper that throws", Rethrow.class)));

    private static final Path LOCATION = location();
    private static final JavaClasses CORE = new ClassFileImporter().importPath(LOCATION);

    private static DescribedPredicate<JavaClass> oneOf(String description, Class<?>... types) {
        return describe(
                description,
                type -> Stream.of(types)
                        .anyMatch(known -> type.getName().equals(known.getName())
                                || type.getName().startsWith(known.getName() + "$")));
    }

    private static Path location() {
        try {
            return Path.of(Coroutine.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void platformKnowsNothingOfTheRest() {
        classes()
                .that()
                .resideInAPackage(PLATFORM)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(PLATFORM, "java..", "org.jspecify..")
                .check(CORE);
    }

    @Test
    void engineKnowsNothingOfTheRestButTheExceptionsItRaises() {
        classes()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(ENGINE, PLATFORM)
                        .or(resideInAPackage("java.."))
                        .or(resideInAPackage("org.jspecify.."))
                        .or(resideInAPackage(ROOT)
                                .and(describe("exceptions", type -> type.isAssignableTo(Throwable.class)))))
                .check(CORE);
    }

    @Test
    void machineIsBlindToTheDriverAndTheStreams() {
        noClasses()
                .that()
                .resideInAPackage(MACHINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DRIVE, STREAMS, "org.reactivestreams..")
                .check(CORE);
    }

    @Test
    void driverIsBlindToTheStreams() {
        noClasses()
                .that()
                .resideInAPackage(DRIVE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(STREAMS, "org.reactivestreams..")
                .check(CORE);
    }

    @Test
    void streamsUseTheProtocolAndTheDriverOnly() {
        noClasses()
                .that()
                .resideInAPackage(STREAMS)
                .should()
                .dependOnClassesThat(INNER)
                .check(CORE);
    }

    @Test
    void protocolKnowsTheMachineThroughHandlesFactoriesAndSealedTypesOnly() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .and(not(HANDLES_AND_FACTORIES))
                .should()
                .dependOnClassesThat(INNER)
                .check(CORE);
    }

    @Test
    void protocolKnowsTheStreamsWhereItTakesPublishersOnly() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .and(not(TAKES_PUBLISHERS))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(STREAMS, "org.reactivestreams..")
                .check(CORE);
    }

    @Test
    void onlyUnitTestsKnowTheEventLoop() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ASYNCIO, "io.corobridge.testing")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ASYNCIO)
                .check(CORE);
    }

    @Test
    void nobodyKnowsWhoLooksOn() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SIGHT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SIGHT, "jdk.jfr..")
                .check(CORE);
    }

    @Test
    void protocolIsBlindToTheDriver() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DRIVE)
                .check(CORE);
    }

    /**
     * Two arrows of the protocol lead to packages that know the protocol: from handles and factories to the machine, and from what
     * takes publishers to the streams. Without these there is no cycle.
     */
    @Test
    void packagesAreFreeOfOtherCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public String getDescription() {
                        return "packages";
                    }

                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.getPackageName().startsWith(ROOT)
                                ? SliceIdentifier.of(type.getPackageName())
                                : SliceIdentifier.ignore();
                    }
                })
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        HANDLES_AND_FACTORIES, resideInAPackage(MACHINE).or(resideInAPackage(ENGINE)))
                .ignoreDependency(TAKES_PUBLISHERS, resideInAPackage(STREAMS))
                .ignoreDependency(resideInAPackage(ROOT), oneOf("the helper that throws", Rethrow.class))
                .check(CORE);
    }

    @Test
    void coreKnowsNoAdapterAndNoOtherLibrary() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.corobridge..", "java..", "jdk.jfr..", "org.jspecify..", "org.reactivestreams..")
                .andShould()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(ADAPTERS)
                .check(CORE);
    }

    @Test
    void machineIsNotExportedAndThePackagesOfOtherModulesAreNotUsed() {
        ModuleDescriptor module =
                ModuleFinder.of(LOCATION).find(ROOT).orElseThrow().descriptor();
        assertThat(module.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .contains(ROOT, DRIVE, ENGINE, STREAMS)
                .doesNotContain(MACHINE, PLATFORM);
        assertThat(module.packages()).allMatch(name -> (name + ".").startsWith(ROOT + "."));
        classes().should().resideOutsideOfPackages(ADAPTERS).check(CORE);
    }
}
