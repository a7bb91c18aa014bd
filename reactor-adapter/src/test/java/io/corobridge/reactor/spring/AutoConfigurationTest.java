package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/** Who finds the auto-configuration, what it registers where, and that the rest does without Spring. */
class AutoConfigurationTest {
    @Configuration(proxyBeanMethods = false)
    static class TwoRegistries {
        @Bean
        ReactiveAdapterRegistry webFluxAdapterRegistry() {
            return new ReactiveAdapterRegistry();
        }

        @Bean
        ReactiveAdapterRegistry anotherRegistry() {
            return new ReactiveAdapterRegistry();
        }
    }

    private static void assertRegistered(ReactiveAdapterRegistry registry) {
        ReactiveAdapter adapter = Objects.requireNonNull(registry.getAdapter(Coroutine.class));
        assertThat(adapter.getReactiveType()).isEqualTo(Coroutine.class);
    }

    @Test
    void registersInTheSharedRegistryAndInEveryBean() {
        try (var context =
                new AnnotationConfigApplicationContext(CorobridgeAutoConfiguration.class, TwoRegistries.class)) {
            assertRegistered(ReactiveAdapterRegistry.getSharedInstance());
            assertThat(context.getBeansOfType(ReactiveAdapterRegistry.class).values())
                    .hasSize(2)
                    .allSatisfy(AutoConfigurationTest::assertRegistered);
        }
    }

    @Test
    void springBootFindsIt() throws ClassNotFoundException {
        Class<?> annotation = Class.forName("org.springframework.boot.autoconfigure.AutoConfiguration");
        assertThat(ImportCandidates.load(annotation, getClass().getClassLoader())
                        .getCandidates())
                .contains(CorobridgeAutoConfiguration.class.getName());
    }

    @Test
    void everythingElseWorksWithoutSpring() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!new File(entry).getName().contains("spring")) {
                urls.add(url(entry));
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThat(isPresent(loader, "org.springframework.core.ReactiveAdapterRegistry"))
                    .isFalse();
            Class<?> program = loader.loadClass(WithoutSpring.class.getName());
            Object result = program.getMethod("run").invoke(null);
            assertThat(result).isEqualTo(List.of(1, 2, 3));
        }
    }

    private static URL url(String entry) throws MalformedURLException {
        return new File(entry).toURI().toURL();
    }

    private static boolean isPresent(ClassLoader loader, String name) {
        try {
            loader.loadClass(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
