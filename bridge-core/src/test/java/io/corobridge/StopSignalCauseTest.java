package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The stop signals carry no stack trace, and may be given a cause: Python's {@code raise StopIteration(..) from e}. */
class StopSignalCauseTest {
    @Test
    void aStopSignalMayBeGivenACauseAndHasNoStackTrace() {
        Throwable cause = new ValueError("why");
        for (Throwable signal : List.of(
                new StopIteration(1),
                new StopIteration(),
                new StopAsyncIteration(),
                new GeneratorExit("exit"),
                new CancelledError("cancelled"))) {
            assertThat(signal.initCause(cause)).hasCause(cause);
            assertThat(signal.getStackTrace()).isEmpty();
        }
    }
}
