package io.corobridge.weaving;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import io.corobridge.weaver.transform.ClassWeaver;
import io.corobridge.weaver.transform.WovenMethods;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A caller that was compiled when its callee was woven, and runs with one that is not. */
class ExchangedJarTest {
    private static final Map<String, String> SOURCES = Map.of("Helper", """
            import io.corobridge.*;
            public class Helper {
                static String help(Co co) {
                    return co.await(Awaitables.create(completion -> {}));
                }
            }
            """, "Caller", """
            import io.corobridge.*;
            public class Caller {
                public static Coroutine<String> make() {
                    return Coroutine.of(co -> Helper.help(co));
                }
            }
            """);

    @Test
    void isToldToCompileItAgain() throws Exception {
        Map<String, byte[]> classes = new HashMap<>(Sources.compile(SOURCES, List.of()));
        ClassWeaver weaver = new ClassWeaver((owner, name, descriptor) ->
                owner.equals("Helper") ? WovenMethods.Answer.WOVEN : WovenMethods.Answer.UNKNOWN);
        classes.replaceAll(
                (name, bytes) -> name.equals("Caller") ? weaver.weave(bytes).bytes() : bytes);
        Coroutine<?> coroutine = (Coroutine<?>)
                new Loader(classes).loadClass("Caller").getMethod("make").invoke(null);

        assertThatThrownBy(() -> coroutine.send(null))
                .isInstanceOf(RuntimeError.class)
                .hasMessageContaining("is not woven, though its caller was compiled when it was")
                .hasMessageContaining("compile the caller again");
    }
}
