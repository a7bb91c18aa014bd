import com.sun.source.util.Plugin;
import io.corobridge.weaver.javac.WeaverPlugin;
import io.corobridge.weaver.javac.WeaverProcessor;
import javax.annotation.processing.Processor;

/** The weaver: put on the annotation processor path, it makes coroutine bodies resumable. For build time only. */
module io.corobridge.weaver {
    requires transitive jdk.compiler;
    requires static org.jspecify;
    // Static, since the jar brings ASM along under a name of its own.
    requires static org.objectweb.asm;
    requires static org.objectweb.asm.commons;
    requires static org.objectweb.asm.tree;
    requires static org.objectweb.asm.tree.analysis;

    exports io.corobridge.weaver.javac;

    provides Processor with
            WeaverProcessor;
    provides Plugin with
            WeaverPlugin;
}
