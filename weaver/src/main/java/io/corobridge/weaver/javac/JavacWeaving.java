package io.corobridge.weaver.javac;

import com.sun.source.util.JavacTask;
import io.corobridge.weaver.Level;
import io.corobridge.weaver.transform.Woven;
import io.corobridge.weaver.transform.WovenMethods;
import java.util.function.Function;
import javax.annotation.processing.ProcessingEnvironment;

/** Begins to weave a compilation. Apart from the processor, which must load where there is no javac. */
final class JavacWeaving {
    private JavacWeaving() {}

    /** Whether there is a javac to weave in. */
    static boolean start(
            ProcessingEnvironment environment, Function<WovenMethods, Function<byte[], Woven>> weaver, Level level) {
        Compilation.processorStarted(environment.getElementUtils());
        JavacTask task = Compilation.taskOf(environment);
        if (task == null) {
            return false;
        }
        task.addTaskListener(new WeavingListener(task, environment, weaver, level));
        return true;
    }
}
