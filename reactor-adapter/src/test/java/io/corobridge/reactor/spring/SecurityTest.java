package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import io.corobridge.reactor.CoMono;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.access.prepost.PreFilter;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * Methods with Spring Security's annotations. Its reactive interceptors insist on a Publisher, returned or, for {@code @PreFilter}, passed,
 * before they call the method, whoever the user is; nothing of such a method runs unauthorized.
 */
class SecurityTest {
    private static final List<String> LOG = new CopyOnWriteArrayList<>();
    private static final AnnotationConfigApplicationContext CONTEXT =
            new AnnotationConfigApplicationContext(CorobridgeAutoConfiguration.class, Application.class);
    private static final Authentication USER = new TestingAuthenticationToken("user", "", "ROLE_USER");
    private static final Authentication ADMIN = new TestingAuthenticationToken("admin", "", "ROLE_ADMIN");

    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    @EnableReactiveMethodSecurity
    static class Application {
        @Bean
        Endpoints endpoints() {
            return new Endpoints();
        }

        /** The header names the user, as an authentication would. */
        @Bean
        WebFilter user() {
            return (exchange, chain) -> {
                Authentication user =
                        "admin".equals(exchange.getRequest().getHeaders().getFirst("user")) ? ADMIN : USER;
                return chain.filter(exchange).contextWrite(ReactiveSecurityContextHolder.withAuthentication(user));
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity
    static class Imperative {
        @Bean
        Endpoints endpoints() {
            return new Endpoints();
        }
    }

    @RestController
    static class Endpoints {
        private static Coroutine<String> body() {
            LOG.add("called");
            return Coroutine.of(co -> {
                LOG.add("run");
                return co.awaitSingle(Mono.just("secret"));
            });
        }

        private static AsyncGenerator<String, Void> bodies() {
            LOG.add("called");
            return AsyncGenerator.of(co -> {
                LOG.add("run");
                co.yield("secret");
            });
        }

        @GetMapping("/coroutine")
        @PreAuthorize("hasRole('ADMIN')")
        public Coroutine<String> coroutine() {
            return body();
        }

        @GetMapping("/awaitable")
        @PreAuthorize("hasRole('ADMIN')")
        public Awaitable<String> awaitable() {
            return body();
        }

        @GetMapping("/generator")
        @PreAuthorize("hasRole('ADMIN')")
        public AsyncGenerator<String, Void> generator() {
            return bodies();
        }

        @GetMapping("/iterable")
        @PreAuthorize("hasRole('ADMIN')")
        public AsyncIterable<String> iterable() {
            return bodies();
        }

        @GetMapping("/after")
        @PostAuthorize("hasRole('ADMIN')")
        public Coroutine<String> after() {
            return body();
        }

        @GetMapping("/filtered")
        @PostFilter("hasRole('ADMIN')")
        public AsyncGenerator<String, Void> filtered() {
            return bodies();
        }

        @PreFilter("hasRole('ADMIN')")
        public Coroutine<String> refusing(AsyncIterable<String> elements) {
            return body();
        }

        @PreFilter("filterObject != 'secret' or hasRole('ADMIN')")
        public Coroutine<List<String>> filtering(Flux<String> elements) {
            return Coroutine.of(co -> co.awaitSingle(elements.collectList()));
        }

        @GetMapping("/mono")
        @PreAuthorize("hasRole('ADMIN')")
        public Mono<String> mono() {
            return CoMono.from(body());
        }

        @GetMapping("/flux")
        @PreAuthorize("hasRole('ADMIN')")
        public Flux<String> flux() {
            return CoFlux.from(bodies());
        }

        @GetMapping("/inside")
        public Coroutine<String> inside() {
            return Coroutine.of(co -> {
                Authentication user = co.awaitSingle(ReactiveSecurityContextHolder.getContext())
                        .getAuthentication();
                if (!user.equals(ADMIN)) {
                    throw new AccessDeniedException("not an admin");
                }
                LOG.add("run");
                return "secret";
            });
        }
    }

    @BeforeEach
    void forget() {
        LOG.clear();
    }

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    static Stream<Function<Endpoints, Object>> refused() {
        return Stream.of(
                Endpoints::coroutine,
                Endpoints::awaitable,
                Endpoints::generator,
                Endpoints::iterable,
                Endpoints::after,
                Endpoints::filtered,
                endpoints -> endpoints.refusing(CoFlux.toAsyncIterable(Flux.just("element"))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void annotatedMethodWithoutAPublisherIsRefusedBeforeItIsCalled(Function<Endpoints, Object> method) {
        Endpoints endpoints = CONTEXT.getBean(Endpoints.class);
        assertThatThrownBy(() -> method.apply(endpoints))
                .isInstanceOfAny(IllegalStateException.class, IllegalArgumentException.class)
                .hasMessageMatching(".* must .*an instance of .*Publisher.*");
        assertThat(LOG).isEmpty();
    }

    private static WebTestClient.ResponseSpec get(String path, String user) {
        return WebTestClient.bindToApplicationContext(CONTEXT)
                .configureClient()
                .responseTimeout(Duration.ofSeconds(60))
                .build()
                .get()
                .uri(path)
                .header("user", user)
                .exchange();
    }

    @Test
    void requestToSuchAnEndpointIsAnErrorForEveryUser() {
        for (String path : List.of("/coroutine", "/awaitable", "/generator", "/iterable", "/after", "/filtered")) {
            for (String user : List.of("admin", "user")) {
                get(path, user).expectStatus().isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
            }
        }
        assertThat(LOG).isEmpty();
    }

    @Test
    void annotatedMethodThatReturnsTheBodyAsAPublisherIsRunForTheAuthorizedOnly() {
        Endpoints endpoints = CONTEXT.getBean(Endpoints.class);
        for (Flux<String> each : List.of(endpoints.mono().flux(), endpoints.flux())) {
            StepVerifier.create(each.contextWrite(ReactiveSecurityContextHolder.withAuthentication(USER)))
                    .verifyError(AccessDeniedException.class);
            StepVerifier.create(each).verifyError(AccessDeniedException.class);
        }
        assertThat(LOG).isEmpty();
        for (String path : List.of("/mono", "/flux")) {
            LOG.clear();
            get(path, "admin").expectStatus().isOk().expectBody(String.class).isEqualTo("secret");
            assertThat(LOG).containsExactly("called", "run");
        }
    }

    /** What is filtered is the argument, whatever is returned. */
    @Test
    void publisherThatIsPassedToABodyIsFiltered() {
        Mono<List<String>> seen =
                CoMono.defer(() -> CONTEXT.getBean(Endpoints.class).filtering(Flux.just("open", "secret")));
        StepVerifier.create(seen.contextWrite(ReactiveSecurityContextHolder.withAuthentication(USER)))
                .expectNext(List.of("open"))
                .verifyComplete();
        StepVerifier.create(seen.contextWrite(ReactiveSecurityContextHolder.withAuthentication(ADMIN)))
                .expectNext(List.of("open", "secret"))
                .verifyComplete();
        StepVerifier.create(seen).expectNext(List.of("open")).verifyComplete();
    }

    @Test
    void bodyMayAskWhoTheUserIs() {
        get("/inside", "admin").expectBody(String.class).isEqualTo("secret");
        assertThat(LOG).containsExactly("run");
        get("/inside", "user").expectStatus().is5xxServerError();
        assertThat(LOG).containsExactly("run");
    }

    @Test
    void securityOfBlockingApplicationsDecidesByTheThreadThatCalls() {
        try (var context = new AnnotationConfigApplicationContext(Imperative.class)) {
            Endpoints endpoints = context.getBean(Endpoints.class);
            assertThatThrownBy(endpoints::coroutine).isInstanceOf(RuntimeException.class);
            SecurityContextHolder.getContext().setAuthentication(USER);
            assertThatThrownBy(endpoints::coroutine).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(endpoints::generator).isInstanceOf(AccessDeniedException.class);
            assertThat(LOG).isEmpty();
            SecurityContextHolder.getContext().setAuthentication(ADMIN);
            StepVerifier.create(CoMono.from(endpoints.coroutine()))
                    .expectNext("secret")
                    .verifyComplete();
        }
    }
}
