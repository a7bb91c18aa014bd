package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An exception that leaves a chain of awaits says who awaited whom, at which lines, and only once. */
class AwaitTraceTest {
    private static Object innermost(Co co, Throwable error) throws Exception {
        co.await(ProtocolSupport.y(1));
        if (error instanceof Error serious) {
            throw serious;
        }
        throw (Exception) error;
    }

    private static Coroutine<Object> middle(Throwable error) {
        return Coroutine.of(co -> co.await(Coroutine.of(inner -> innermost(inner, error))));
    }

    private static Coroutine<Object> outer(Throwable error) {
        return Coroutine.of(co -> {
            Object result = co.await(middle(error));
            return result;
        });
    }

    @Test
    void theAwaitsAreShownInnermostFirst() {
        Exception error = new IllegalStateException("broken");
        Coroutine<Object> coroutine = outer(error);
        coroutine.send(null);

        assertThat(catchThrowable(() -> coroutine.send(null))).isSameAs(error);

        assertThat(error.getSuppressed()).singleElement().isInstanceOf(AwaitTrace.class);
        StackTraceElement[] places = error.getSuppressed()[0].getStackTrace();
        assertThat(places)
                .extracting(place -> place.getMethodName().replaceAll("\\d+$", ""))
                .containsExactly("lambda$middle$", "lambda$outer$");
        assertThat(Arrays.stream(places).map(StackTraceElement::getLineNumber)).doesNotContain(-1);
        StringWriter printed = new StringWriter();
        error.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).contains("Suppressed: io.corobridge.AwaitTrace: awaited here");
    }

    @Test
    void anExceptionOfAForeignSourceShowsWhereItWasAwaited() {
        CompletableFuture<Object> source = new CompletableFuture<>();
        Coroutine<Object> coroutine = Coroutine.of(co -> co.await(source));
        AtomicReference<Throwable> raised = new AtomicReference<>();
        Driver.of(coroutine, new Host<Object>() {
                    @Override
                    public void returned(Object result) {}

                    @Override
                    public void raised(Throwable error) {
                        raised.set(error);
                    }

                    @Override
                    public void cancelled(Object result, Throwable error) {}
                })
                .start();
        Exception error = new IllegalStateException("no connection");
        source.completeExceptionally(error);

        assertThat(raised).hasValue(error);
        assertThat(error.getSuppressed()).singleElement().isInstanceOf(AwaitTrace.class);
        assertThat(error.getSuppressed()[0].getStackTrace()[0].getMethodName())
                .startsWith("lambda$anExceptionOfAForeignSourceShowsWhereItWasAwaited$");
    }

    @Test
    void whatIsCaughtGetsNone() {
        Exception error = new IllegalStateException("broken");
        Coroutine<Object> coroutine = Coroutine.of(co -> {
            try {
                return co.await(outer(error));
            } catch (IllegalStateException e) {
                return "caught";
            }
        });
        coroutine.send(null);
        assertThat(catchThrowable(() -> coroutine.send(null))).isInstanceOf(StopIteration.class);
        assertThat(error).hasNoSuppressedExceptions();
    }

    @Test
    void oneThatHasPassedBeforeIsLeftAlone() {
        Exception error = new IllegalStateException("broken");
        for (int i = 0; i < 3; i++) {
            Coroutine<Object> coroutine = outer(error);
            coroutine.send(null);
            assertThat(catchThrowable(() -> coroutine.send(null))).isSameAs(error);
        }
        assertThat(error.getSuppressed()).hasSize(1);
    }

    @Test
    void signalsAndExceptionsWithoutSuppressionGetNone() {
        Exception bare = new Exception("bare", null, false, true) {
            private static final long serialVersionUID = 1L;
        };
        for (Throwable error : new Throwable[] {bare, new CancelledError("stop")}) {
            Coroutine<Object> coroutine = outer(error);
            coroutine.send(null);
            assertThat(catchThrowable(() -> coroutine.send(null)))
                    .isSameAs(error)
                    .hasNoSuppressedExceptions();
        }
    }

    @Test
    void aDeepChainShowsItsInnermostAwaitsAndCountsTheRest() {
        Exception error = new IllegalStateException("broken");
        Coroutine<Object> chain = Coroutine.of(co -> innermost(co, error));
        for (int i = 0; i < 100; i++) {
            Coroutine<Object> inner = chain;
            chain = Coroutine.of(co -> co.await(inner));
        }
        Coroutine<Object> coroutine = chain;
        coroutine.send(null);
        assertThat(catchThrowable(() -> coroutine.send(null))).isSameAs(error);
        assertThat(error.getSuppressed()[0]).hasMessage("awaited here, and 36 more");
        assertThat(error.getSuppressed()[0].getStackTrace()).hasSize(64);
    }
}
