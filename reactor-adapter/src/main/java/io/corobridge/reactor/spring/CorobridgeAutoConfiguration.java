package io.corobridge.reactor.spring;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Makes Spring take coroutines and async generators: as return values and arguments of WebFlux controllers, as bodies of
 * {@code WebClient}, in HTTP interfaces, and as results of scheduled, transactional, retryable and event listener methods.
 *
 * <p>Registers {@link CoroutineAdapters} in the shared registry, and in every registry that is a bean, of which WebFlux has one.
 */
@Configuration(proxyBeanMethods = false)
public class CorobridgeAutoConfiguration {
    /** Called by Spring. */
    public CorobridgeAutoConfiguration() {}

    /**
     * Registers the adapters.
     *
     * @return called by Spring for each bean; before any other post-processor, of which some have use for the shared registry
     */
    @Bean
    static BeanPostProcessor corobridgeReactiveAdapterRegistrar() {
        CoroutineAdapters.registerIn(ReactiveAdapterRegistry.getSharedInstance());
        return new Registrar();
    }

    private static final class Registrar implements BeanPostProcessor, PriorityOrdered {
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof ReactiveAdapterRegistry registry) {
                CoroutineAdapters.registerIn(registry);
            }
            return bean;
        }
    }
}
