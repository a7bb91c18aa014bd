package io.corobridge.weaving;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The same classes twice: as compiled, and woven. Their bodies, driven by the same script, have to leave the same trace. */
public final class Twins {
    /** Woven bodies have a thread in this run of the tests. */
    private static final boolean HANDOFF = "handoff".equals(System.getProperty("corobridge.engine"));

    private final Loader plain;
    private final Loader woven;
    private final Set<String> names;

    public Twins(Map<String, byte[]> classes) {
        this(classes, Weaving.weave(classes).classes());
    }

    /** Of class files that something else has changed too, perhaps. */
    Twins(Map<String, byte[]> plain, Map<String, byte[]> woven) {
        this.plain = new Loader(plain);
        this.woven = new Loader(woven);
        names = Set.copyOf(plain.keySet());
    }

    /**
     * The bodies of a class: its public static methods that take a {@link Probe}.
     *
     * @param className the binary name
     * @return in the order of their names
     */
    public List<Body> bodies(String className) {
        List<Body> bodies = new ArrayList<>();
        for (Method method : load(plain, className).getMethods()) {
            if (List.of(method.getParameterTypes()).equals(List.of(Probe.class))) {
                bodies.add(body(className, method.getName()));
            }
        }
        bodies.sort((a, b) -> a.name().compareTo(b.name()));
        return bodies;
    }

    public Body body(String className, String name) {
        try {
            return new Body(
                    load(plain, className).getMethod(name, Probe.class),
                    load(woven, className).getMethod(name, Probe.class));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(Loader loader, String className) {
        try {
            return Class.forName(className, true, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One body, twice. */
    public final class Body {
        private final Method asCompiled;
        private final Method asWoven;

        private Body(Method asCompiled, Method asWoven) {
            this.asCompiled = asCompiled;
            this.asWoven = asWoven;
        }

        String name() {
            return asCompiled.getDeclaringClass().getSimpleName() + "." + asCompiled.getName();
        }

        boolean needsHandoff() {
            return HANDOFF || asCompiled.isAnnotationPresent(Handoff.class);
        }

        public Run plain(Script script) {
            return Run.of(asCompiled, script, names);
        }

        public Run woven(Script script) {
            return Run.of(asWoven, script, names);
        }

        /**
         * Runs both.
         *
         * @return what differs, or null
         */
        @Nullable
        public String difference(Script script) {
            Run expected = plain(script);
            Run actual = woven(script);
            String difference = actual.trace().differenceFrom(expected.trace());
            if (difference == null && actual.usedElsewhere() && !needsHandoff()) {
                difference = "the woven body ran on another thread";
            }
            return difference == null ? null : name() + " by " + script + "\n" + difference;
        }
    }
}
