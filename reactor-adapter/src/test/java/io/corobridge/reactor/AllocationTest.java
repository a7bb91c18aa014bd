package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.micrometer.context.ContextRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An element that is there costs no object, whichever way it goes. The thread's own count is exact, also of interpreted code. */
@Timeout(60)
class AllocationTest {
    private static final int FEW = 1_000;
    private static final int MANY = 11_000;
    private static final Object ELEMENT = new Object();

    /** Thread-locals are set at each resume, where a library on the class path has registered some: that is not for free. */
    @BeforeAll
    static void forgetThreadLocals() {
        ContextRegistry registry = ContextRegistry.getInstance();
        List.copyOf(registry.getThreadLocalAccessors())
                .forEach(accessor -> registry.removeThreadLocalAccessor(accessor.key()));
    }

    /** What a run of many elements allocates beyond a run of few. */
    private static long perTenThousand(IntConsumer run) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The first ones load classes and link call sites.
        run.accept(FEW);
        run.accept(MANY);
        long before = threads.getCurrentThreadAllocatedBytes();
        run.accept(FEW);
        long between = threads.getCurrentThreadAllocatedBytes();
        run.accept(MANY);
        return (threads.getCurrentThreadAllocatedBytes() - between) - (between - before);
    }

    private static AsyncGenerator<Object, Void> asyncGenerator(int elements) {
        return AsyncGenerator.of(co -> {
            for (int i = 0; i < elements; i++) {
                co.yield(ELEMENT);
            }
        });
    }

    /** Less than a byte for each element: not one object for a thousand. */
    private static void assertNoneForEach(IntConsumer run) {
        assertThat(perTenThousand(run)).isLessThan(10_000);
    }

    @Test
    void asyncGeneratorAsAFlux() {
        assertNoneForEach(elements -> CoFlux.from(asyncGenerator(elements)).subscribe(each -> {}));
    }

    @Test
    void asyncGeneratorThatIsAskedOneByOne() {
        assertNoneForEach(elements -> CoFlux.from(asyncGenerator(elements)).subscribe(new Recording<>(1) {
            @Override
            public void onNext(Object element) {
                request(1);
            }
        }));
    }

    @Test
    void generatorAsAFlux() {
        assertNoneForEach(elements -> CoFlux.fromGenerator(() -> Generator.<Object, Void, Void>of(co -> {
                    for (int i = 0; i < elements; i++) {
                        co.yield(ELEMENT);
                    }
                    return null;
                }))
                .subscribe(each -> {}));
    }

    private static Mono<Object> last(Flux<Object> source) {
        return CoMono.from(Coroutine.of(co -> {
            Object last = null;
            for (Object each : co.each(source)) {
                last = each;
            }
            return last;
        }));
    }

    @Test
    void loopOverAFluxThatSignals() {
        Object[] many = new Object[MANY];
        java.util.Arrays.fill(many, ELEMENT);
        assertNoneForEach(
                elements -> last(Flux.fromArray(many).hide().take(elements)).subscribe(each -> {}));
    }

    @Test
    void loopOverAFluxThatIsFused() {
        Object[] many = new Object[MANY];
        java.util.Arrays.fill(many, ELEMENT);
        assertNoneForEach(
                elements -> last(elements == MANY ? Flux.fromArray(many) : Flux.fromArray(new Object[] {ELEMENT}))
                        .subscribe(each -> {}));
    }
}
