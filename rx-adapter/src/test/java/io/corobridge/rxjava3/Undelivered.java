package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.exceptions.UndeliverableException;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Asserts after each test that nothing went to RxJava's handler of undeliverable errors but what the test has taken from here. */
final class Undelivered implements BeforeEachCallback, AfterEachCallback {
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    /** What came since the last call, taken out of its wrapper. */
    List<Throwable> take() {
        List<Throwable> taken = new ArrayList<>(errors);
        errors.clear();
        return taken;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        RxJavaPlugins.setErrorHandler(
                error -> errors.add(error instanceof UndeliverableException ? error.getCause() : error));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RxJavaPlugins.reset();
        assertThat(errors).as("undeliverable").isEmpty();
    }
}
