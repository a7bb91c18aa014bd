package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterables;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.RuntimeError;
import io.corobridge.ValueError;
import io.corobridge.reactor.CoMono;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ReactiveTypeDescriptor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** What Spring is told of coroutines and async generators. */
class CoroutineAdaptersTest {
    private static final ReactiveAdapterRegistry REGISTRY = new ReactiveAdapterRegistry();

    static {
        CoroutineAdapters.registerIn(REGISTRY);
    }

    private static ReactiveAdapter adapter(Class<?> type) {
        return Objects.requireNonNull(REGISTRY.getAdapter(type), "no adapter");
    }

    private static <T> Mono<T> mono(Class<?> type, Object source) {
        return (Mono<T>) adapter(type).<T>toPublisher(source);
    }

    private static <T> Flux<T> flux(Class<?> type, Object source) {
        return (Flux<T>) adapter(type).<T>toPublisher(source);
    }

    @ParameterizedTest
    @ValueSource(classes = {Coroutine.class, Awaitable.class})
    void coroutinesAndAwaitablesAreSingleValuesThatMayBeAbsent(Class<?> type) {
        ReactiveTypeDescriptor descriptor = adapter(type).getDescriptor();
        assertThat(descriptor.getReactiveType()).isEqualTo(type);
        assertThat(descriptor.isMultiValue()).isFalse();
        assertThat(descriptor.supportsEmpty()).isTrue();
        assertThat(descriptor.isNoValue()).isFalse();
        assertThat(descriptor.isDeferred()).isTrue();
        assertThat(descriptor.getEmptyValue()).isInstanceOf(type);
        StepVerifier.create(mono(type, descriptor.getEmptyValue())).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(classes = {AsyncGenerator.class, AsyncIterator.class, AsyncIterable.class})
    void asyncIterablesAreManyValues(Class<?> type) {
        ReactiveTypeDescriptor descriptor = adapter(type).getDescriptor();
        assertThat(descriptor.getReactiveType()).isEqualTo(type);
        assertThat(descriptor.isMultiValue()).isTrue();
        assertThat(descriptor.supportsEmpty()).isTrue();
        assertThat(descriptor.isDeferred()).isTrue();
        assertThat(descriptor.getEmptyValue()).isInstanceOf(type);
        StepVerifier.create(flux(type, descriptor.getEmptyValue())).verifyComplete();
    }

    @Test
    void objectIsFoundByTheTypeItWasDeclaredAs() {
        assertThat(adapter(Coroutine.of(co -> 1).getClass()).getReactiveType()).isEqualTo(Coroutine.class);
        assertThat(adapter(AsyncGenerator.of(co -> co.yield(1)).getClass()).getReactiveType())
                .isEqualTo(AsyncGenerator.class);
    }

    @Test
    void secondRegistrationChangesNothing() {
        ReactiveAdapterRegistry registry = new ReactiveAdapterRegistry();
        CoroutineAdapters.registerIn(registry);
        ReactiveAdapter first = registry.getAdapter(Coroutine.class);
        CoroutineAdapters.registerIn(registry);
        assertThat(registry.getAdapter(Coroutine.class)).isSameAs(first);
    }

    @Test
    void eachSubscriptionRunsTheBody() {
        AtomicInteger runs = new AtomicInteger();
        Mono<Integer> mono = mono(Coroutine.class, Coroutine.of(co -> runs.incrementAndGet()));
        assertThat(runs).hasValue(0);
        StepVerifier.create(mono).expectNext(1).verifyComplete();
        StepVerifier.create(mono).expectNext(2).verifyComplete();
    }

    @Test
    void awaitableIsAwaitedByEachSubscription() {
        AtomicInteger awaits = new AtomicInteger();
        Awaitable<Integer> awaitable = Awaitables.create(completion -> completion.complete(awaits.incrementAndGet()));
        Mono<Integer> mono = mono(Awaitable.class, awaitable);
        StepVerifier.create(mono).expectNext(1).verifyComplete();
        StepVerifier.create(mono).expectNext(2).verifyComplete();
    }

    @Test
    void steppedCoroutineIsAnError() {
        Coroutine<Integer> stepped = Coroutine.of(co -> co.await(Mono.<Integer>never()));
        stepped.send(null);
        StepVerifier.create(mono(Coroutine.class, stepped)).verifyError(RuntimeError.class);
        StepVerifier.create(mono(Awaitable.class, stepped)).verifyError(RuntimeError.class);
        stepped.close();
    }

    @Test
    void startedGeneratorIsAnError() {
        AsyncGenerator<Integer, @Nullable Void> generator = AsyncGenerator.of(co -> co.yield(1));
        assertThat(CoMono.from(Coroutine.of(co -> co.await(generator.anext()))).block())
                .isEqualTo(1);
        StepVerifier.create(flux(AsyncGenerator.class, generator)).verifyError(RuntimeError.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {Coroutine.class, Awaitable.class})
    void coroutineOfAPublisherIsUnstartedAndHasItsValueWhenItHasCompleted(Class<?> type) {
        TestPublisher<String> publisher = TestPublisher.create();
        Coroutine<?> coroutine = (Coroutine<?>) adapter(type).fromPublisher(publisher);
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CREATED);
        publisher.assertWasNotSubscribed();
        StepVerifier.create(CoMono.from(coroutine))
                .then(() -> publisher.next("value"))
                .then(publisher::complete)
                .expectNextMatches("value"::equals)
                .verifyComplete();
        publisher.assertNotCancelled();
    }

    @Test
    void coroutineOfAnEmptyPublisherResultsInNull() {
        Coroutine<?> coroutine = (Coroutine<?>) adapter(Coroutine.class).fromPublisher(Mono.empty());
        StepVerifier.create(CoMono.from(coroutine)).verifyComplete();
    }

    @Test
    void secondElementForACoroutineIsAnError() {
        Coroutine<?> coroutine = (Coroutine<?>) adapter(Coroutine.class).fromPublisher(Flux.just(1, 2));
        StepVerifier.create(CoMono.from(coroutine)).verifyError(ValueError.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {AsyncGenerator.class, AsyncIterator.class, AsyncIterable.class})
    void asyncIterableOfAPublisherHasItsElementsAndItsError(Class<?> type) {
        IllegalStateException failure = new IllegalStateException("broken");
        Object iterable = adapter(type).fromPublisher(Flux.just(1, 2).concatWith(Flux.error(failure)));
        assertThat(iterable).isInstanceOf(type);
        StepVerifier.create(flux(type, iterable))
                .expectNext(1, 2)
                .verifyErrorSatisfies(error -> assertThat(error).isSameAs(failure));
    }

    /** Spring makes one of a method's own generator where it puts something around it. */
    @ParameterizedTest
    @ValueSource(classes = {AsyncGenerator.class, AsyncIterator.class})
    void asyncGeneratorOfAPublisherFetchesOneElementAhead(Class<?> type) {
        AtomicInteger made = new AtomicInteger();
        Flux<Integer> source = Flux.<Integer>generate(sink -> sink.next(made.incrementAndGet()))
                .hide();
        StepVerifier.create(flux(type, adapter(type).fromPublisher(source)), 1)
                .expectNext(1)
                .then(() -> assertThat(made).hasValue(2))
                .thenCancel()
                .verify();
    }

    @Test
    void asyncIterableOfAPublisherSubscribesForEachLoop() {
        AsyncIterable<?> iterable =
                (AsyncIterable<?>) adapter(AsyncIterable.class).fromPublisher(Flux.just(1, 2));
        for (int i = 0; i < 2; i++) {
            Mono<? extends List<?>> list = CoMono.from(AsyncIterables.toList(iterable));
            assertThat(list.block()).isEqualTo(List.of(1, 2));
        }
    }
}
