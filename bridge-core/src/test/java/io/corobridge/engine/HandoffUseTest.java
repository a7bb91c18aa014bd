package io.corobridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A body or a call that needs a thread is passed over, told of once, or refused. */
class HandoffUseTest {
    private static final String CALL = "java/util/List.forEach(Ljava/util/function/Consumer;)V";

    @kotlin.Metadata
    private static final class Kotlin {}

    private final Logger logger = Logger.getLogger("io.corobridge");
    private final List<String> warnings = new ArrayList<>();

    /** Hears this test's thread only: what other tests have dropped is found, and warned of, at any time. */
    private final Handler handler = new Handler() {
        private final Thread here = Thread.currentThread();

        @Override
        public void publish(LogRecord entry) {
            if (Thread.currentThread() == here) {
                warnings.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final Coroutine.Body<String> body = co -> "done";

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void forget() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void warnsOnceOfEachBodyAndNamesTheRemedy() {
        HandoffUse use = new HandoffUse(null);
        use.ofBody(body, "fetch");
        use.ofBody(body, "fetch");
        use.ofBody(body, "store");

        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0))
                .contains("'fetch'", HandoffUseTest.class.getName(), "annotation processor path", "corobridge.handoff");
        assertThat(warnings.get(1)).contains("'store'");
    }

    @Test
    void warnsOnceOfEachCall() {
        HandoffUse use = new HandoffUse("warn");
        use.ofCall(CALL);
        use.ofCall(CALL);

        assertThat(warnings).singleElement().asString().contains("java.util.List.forEach");
    }

    @Test
    void tellsAKotlinBodyOfTheBuilders() {
        new HandoffUse(null).ofBody(new Kotlin(), "fetch");

        assertThat(warnings).singleElement().asString().contains("corobridge-kotlin");
    }

    @Test
    void allowsWithoutAWord() {
        HandoffUse use = new HandoffUse("allow");
        use.ofBody(body, "fetch");
        use.ofCall(CALL);

        assertThat(warnings).isEmpty();
    }

    @Test
    void refusesEveryTime() {
        HandoffUse use = new HandoffUse("DENY");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> use.ofBody(body, "fetch"))
                    .isInstanceOf(RuntimeError.class)
                    .hasMessageContaining("'fetch'");
            assertThatThrownBy(() -> use.ofCall(CALL))
                    .isInstanceOf(RuntimeError.class)
                    .hasMessageContaining("java.util.List.forEach");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void knowsNoOtherWord() {
        assertThatThrownBy(() -> new HandoffUse("never"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never")
                .hasMessageContaining("allow");
    }
}
