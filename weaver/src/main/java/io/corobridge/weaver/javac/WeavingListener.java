package io.corobridge.weaver.javac;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.Trees;
import io.corobridge.weaver.FindingText;
import io.corobridge.weaver.Level;
import io.corobridge.weaver.transform.Finding;
import io.corobridge.weaver.transform.Woven;
import io.corobridge.weaver.transform.WovenMethods;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Weaves each class of one compilation when javac has generated it. Confined to javac's thread. */
final class WeavingListener implements TaskListener {
    private final Elements elements;
    private final Trees trees;
    private final Messager messager;
    private final Level level;
    private final HandleTypes handles;
    private final ClassOutput output;
    private final CompiledMethods methods;
    private final Function<byte[], Woven> weaver;
    private final Map<TypeElement, SourceClass> sources = new HashMap<>();
    private boolean isMissingOutputTold;

    WeavingListener(
            JavacTask task,
            ProcessingEnvironment environment,
            Function<WovenMethods, Function<byte[], Woven>> weaver,
            Level level) {
        this.elements = task.getElements();
        this.trees = Trees.instance(task);
        this.messager = environment.getMessager();
        this.level = level;
        this.handles = new HandleTypes(elements, task.getTypes());
        this.output = new ClassOutput(environment.getFiler(), elements);
        this.methods = new CompiledMethods(elements, task.getTypes(), trees);
        this.weaver = weaver.apply(methods);
    }

    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.COMPILATION) {
            Compilation.ended(elements);
            return;
        }
        TypeElement type = event.getTypeElement();
        if (type == null || !isClass(type)) {
            return;
        }
        try {
            if (event.getKind() == TaskEvent.Kind.ANALYZE) {
                analyzed(event.getCompilationUnit(), type);
            } else if (event.getKind() == TaskEvent.Kind.GENERATE) {
                generated(event, type);
            }
        } catch (IOException e) {
            messager.printMessage(
                    Diagnostic.Kind.ERROR,
                    "corobridge: cannot read or write the class file of " + type.getQualifiedName() + ": " + e);
        } catch (Throwable e) {
            // Whatever is wrong in the weaver, the compiler has done its part.
            printFailure(type, e);
        }
    }

    private void analyzed(CompilationUnitTree unit, TypeElement type) {
        SourceClass source = SourceClass.read(unit, type, trees, handles);
        if (source != null) {
            sources.put(type, source);
            methods.analyzed(type);
        }
    }

    private void generated(TaskEvent event, TypeElement type) throws IOException {
        TypeElement topLevel = SourceClass.topLevel(type);
        SourceClass source = sources.get(topLevel);
        ClassOutput.ClassFile file = output.find(type, event.getSourceFile());
        byte[] bytes = file == null ? null : file.read();
        if (file != null && bytes != null) {
            Woven woven = weaver.apply(bytes);
            if (woven.changed()) {
                file.write(woven.bytes());
            }
            woven.findings().forEach(finding -> print(source, finding));
        } else if (source != null && source.usesHandles()) {
            printMissingOutput(source, type);
        }
        if (type.equals(topLevel)) {
            // The classes inside come before.
            sources.remove(type);
        }
    }

    private void print(@Nullable SourceClass source, Finding finding) {
        if (level == Level.OFF) {
            return;
        }
        if (source == null) {
            messager.printMessage(kind(), FindingText.of(finding));
        } else {
            source.print(trees, kind(), finding, FindingText.of(finding));
        }
    }

    private void printMissingOutput(SourceClass source, TypeElement type) {
        if (isMissingOutputTold || level == Level.OFF) {
            return;
        }
        isMissingOutputTold = true;
        source.printAtHandle(
                trees, kind(), Messages.missingOutput(type.getQualifiedName().toString()));
    }

    private void printFailure(TypeElement type, Throwable failure) {
        messager.printMessage(
                level == Level.ERROR ? Diagnostic.Kind.ERROR : Diagnostic.Kind.WARNING,
                Messages.failure(type.toString(), failure));
    }

    private Diagnostic.Kind kind() {
        return Messages.kind(level);
    }

    /** A module-info or package-info looks like a class here, but asking for its module or binary name fails. */
    private static boolean isClass(TypeElement type) {
        return (type.getKind().isClass() || type.getKind().isInterface())
                && !type.getSimpleName().toString().endsWith("-info");
    }
}
