package io.corobridge.reactor;

import io.corobridge.testkit.SignalTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Each row of the part of {@code docs/signals.md} on Reactor names tests that exist. */
class SignalTableTest {
    @Test
    void rowsNameTests() throws IOException {
        SignalTable.assertRowsNameTests("Reactor", getClass().getPackageName());
    }
}
