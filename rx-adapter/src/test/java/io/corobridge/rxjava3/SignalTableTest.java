package io.corobridge.rxjava3;

import io.corobridge.testkit.SignalTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Each row of the part of {@code docs/signals.md} on RxJava 3 names tests that exist. */
class SignalTableTest {
    @Test
    void rowsNameTests() throws IOException {
        SignalTable.assertRowsNameTests("RxJava 3", getClass().getPackageName());
    }
}
