package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What the service has logged since the test began; waits for a line without looking again and again. */
final class LogWatch extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements BeforeEachCallback, AfterEachCallback {
    private record Wait(BooleanSupplier condition, CompletableFuture<Void> over) {}

    private final Logger logger = (Logger) LoggerFactory.getLogger(LogWatch.class.getPackageName());

    // Both guarded by this.
    private final List<String> lines = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        attach();
    }

    /** For a service that is started within the test: the start of the first one takes all appenders away. */
    void attach() {
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.detachAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        List<Wait> looking;
        synchronized (this) {
            lines.add(event.getFormattedMessage());
            looking = List.copyOf(waits);
        }
        looking.forEach(LogWatch::look);
    }

    private static void look(Wait wait) {
        if (wait.condition.getAsBoolean()) {
            wait.over.complete(null);
        }
    }

    private synchronized List<String> found(String regex) {
        return lines.stream().filter(Pattern.compile(regex).asMatchPredicate()).toList();
    }

    /** The first line that matches, now or later. */
    String line(String regex) {
        return lines(regex, 1).get(0);
    }

    /** So many lines that match, now or later. */
    List<String> lines(String regex, int count) {
        until(regex, () -> found(regex).size() >= count);
        return found(regex);
    }

    /** Whether there is a line that matches. */
    boolean has(String regex) {
        return !found(regex).isEmpty();
    }

    /** Waits for something to hold, now or when there is another line: who makes it hold writes one then. */
    void until(String what, BooleanSupplier condition) {
        Wait wait = new Wait(condition, new CompletableFuture<>());
        synchronized (this) {
            waits.add(wait);
        }
        look(wait);
        assertThat(wait.over).as(what).succeedsWithin(Clients.GUARD);
    }
}
