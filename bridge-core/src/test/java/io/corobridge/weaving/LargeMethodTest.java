package io.corobridge.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.Coroutine;
import io.corobridge.StopIteration;
import io.corobridge.weaver.transform.Finding;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A method that weaving makes longer than a short jump reaches is woven all the same, and reported. */
class LargeMethodTest {
    private static final int VARIABLES = 56;
    private static final int AWAITS = 45;

    private static String source() {
        String variables = IntStream.range(0, VARIABLES)
                .mapToObj(i -> "int v" + i + " = " + i + ";\n")
                .collect(Collectors.joining());
        String awaits = IntStream.range(0, AWAITS)
                .mapToObj(i -> "v" + i % VARIABLES + " += co.await(Awaitables.ready(1));\n")
                .collect(Collectors.joining());
        String sum = IntStream.range(0, VARIABLES).mapToObj(i -> "v" + i).collect(Collectors.joining(" + "));
        return """
                import io.corobridge.*;

                public class Large {
                    public static Coroutine<Integer> sum() {
                        return Coroutine.of(co -> {
                            %s
                            for (int round = 0; round < 2; round++) {
                                %s
                            }
                            return %s;
                        });
                    }
                }
                """.formatted(variables, awaits, sum);
    }

    @Test
    void isWovenAndReported() throws Exception {
        WovenSource woven = WovenSource.woven("Large", source());
        assertThat(woven.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.TOO_LARGE))
                .satisfies(finding -> assertThat(finding.what()).doesNotStartWith("more than"));
        Coroutine<?> coroutine = (Coroutine<?>) woven.call("Large", "sum");
        int expected = VARIABLES * (VARIABLES - 1) / 2 + 2 * AWAITS;
        assertThat(catchThrowable(() -> coroutine.send(null)))
                .isInstanceOfSatisfying(
                        StopIteration.class, stop -> assertThat(stop.value()).isEqualTo(expected));
    }
}
