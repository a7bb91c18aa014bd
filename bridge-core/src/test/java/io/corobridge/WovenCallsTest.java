package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Woven bodies find each method that a handle offers, under the same name and with the same parameters. */
class WovenCallsTest {
    @Test
    void thereIsOneForEachMethodOfTheHandles() {
        TreeSet<String> expected = new TreeSet<>(List.of("hasNext[Iterator, Handle]", "next[Iterator, Handle]"));
        for (Class<?> handle : List.of(Handle.class, Co.class, GeneratorCo.class, AsyncGeneratorCo.class)) {
            for (Method method : handle.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                    List<Class<?>> parameters = new ArrayList<>(List.of(handle));
                    parameters.addAll(Arrays.asList(method.getParameterTypes()));
                    expected.add(text(method, parameters));
                }
            }
        }
        TreeSet<String> found = new TreeSet<>();
        for (Method method : WovenCalls.class.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())) {
                found.add(text(method, Arrays.asList(method.getParameterTypes())));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aHandleOffersNothingOfTheEngine() {
        for (Class<?> type = Handle.class.getSuperclass(); type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                assertThat(Modifier.isPublic(method.getModifiers()))
                        .as(method.toString())
                        .isFalse();
            }
        }
    }

    private static String text(Method method, List<Class<?>> parameters) {
        return method.getName() + parameters.stream().map(Class::getSimpleName).toList();
    }
}
