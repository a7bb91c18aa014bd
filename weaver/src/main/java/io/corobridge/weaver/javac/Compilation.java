package io.corobridge.weaver.javac;

import com.sun.source.util.JavacTask;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * How the processor and the plugin of one compilation know of each other. What identifies a compilation to both is its one
 * {@link Elements}.
 */
final class Compilation {
    /** Published by its own lock. The values are weak because a task holds on to its key. */
    private static final Map<Elements, WeakReference<JavacTask>> TASKS =
            Collections.synchronizedMap(new WeakHashMap<>());

    private Compilation() {}

    /** The plugin, once javac has begun: a processor may not find the task by itself. */
    static void began(JavacTask task) {
        TASKS.put(task.getElements(), new WeakReference<>(task));
    }

    /**
     * The task that a processor works for.
     *
     * @return the task, or null when it is not javac or javac is hidden
     */
    static @Nullable JavacTask taskOf(ProcessingEnvironment environment) {
        ProcessingEnvironment inner = environment;
        while (inner != null) {
            try {
                return JavacTask.instance(inner);
            } catch (IllegalArgumentException wrapped) {
                inner = wrappedIn(inner);
            }
        }
        WeakReference<JavacTask> task = TASKS.get(environment.getElementUtils());
        return task == null ? null : task.get();
    }

    /**
     * What a build tool's environment forwards to. Gradle gives one to each processor that it runs incrementally, and the plugin
     * cannot help there: its class loader is another.
     */
    private static @Nullable ProcessingEnvironment wrappedIn(ProcessingEnvironment environment) {
        for (Field field : environment.getClass().getDeclaredFields()) {
            if (ProcessingEnvironment.class.isAssignableFrom(field.getType()) && field.trySetAccessible()) {
                try {
                    return (ProcessingEnvironment) field.get(environment);
                } catch (IllegalAccessException e) {
                    return null;
                }
            }
        }
        return null;
    }

    /** The processor, when it is started. */
    static void processorStarted(Elements elements) {
        System.setProperty(startedKey(elements), "true");
    }

    static boolean isProcessorStarted(Elements elements) {
        return System.getProperty(startedKey(elements)) != null;
    }

    static void ended(Elements elements) {
        TASKS.remove(elements);
        System.clearProperty(startedKey(elements));
    }

    /** A system property, because Gradle loads the processor and javac the plugin, each in a class loader of its own. */
    private static String startedKey(Elements elements) {
        return "io.corobridge.weaver.started." + Integer.toHexString(System.identityHashCode(elements));
    }
}
