package io.corobridge.weaving.fuzz;

/** What every generated program begins and ends with. */
final class Preamble {
    static final String IMPORTS = """
            import static io.corobridge.weaving.fuzz.Common.*;

            import io.corobridge.*;
            import io.corobridge.weaving.Probe;
            import java.util.Arrays;
            import java.util.function.Supplier;
            """;

    /** {@code $P} stands for the class. */
    static final String MEMBERS = """
            static int staticI;
            static long staticL;
            static double staticD;
            static byte staticB;
            static String staticS;
            static Object staticO;
            int ownI = 1;
            long ownL = 2;
            double ownD = 3.5;
            byte ownB = 4;
            String ownS = "own";
            Object ownO;

            static void reset() {
                staticI = 1;
                staticL = 2;
                staticD = 0.5;
                staticB = 3;
                staticS = "static";
                staticO = null;
            }

            $P self() {
                return this;
            }

            static $P other() {
                return new $P();
            }
            """;

    private Preamble() {}
}
