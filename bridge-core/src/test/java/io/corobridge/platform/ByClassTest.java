package io.corobridge.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ByClassTest {
    static List<ByClass<List<String>>> ofEachPlatform() {
        return List.of(ByClass.of(ArrayList::new), ByClass.weak(ArrayList::new));
    }

    @ParameterizedTest
    @MethodSource("ofEachPlatform")
    void eachClassHasItsOwnValueForGood(ByClass<List<String>> values) {
        values.get(String.class).add("of String");
        assertThat(values.get(String.class)).containsExactly("of String");
        assertThat(values.get(Integer.class)).isEmpty();
    }
}
