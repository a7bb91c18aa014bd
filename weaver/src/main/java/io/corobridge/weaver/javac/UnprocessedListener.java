package io.corobridge.weaver.javac;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.Trees;
import io.corobridge.weaver.Level;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Warns once when a class that uses handles is compiled and the processor was not started. Confined to javac's thread. */
final class UnprocessedListener implements TaskListener {
    private final JavacTask task;
    private final Level level;
    private boolean hadProcessing;
    private boolean hasAnalyzed;

    /** Or there is nothing to tell. */
    private boolean isTold;

    UnprocessedListener(JavacTask task, Level level) {
        this.task = task;
        this.level = level;
    }

    @Override
    public void started(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.ANNOTATION_PROCESSING) {
            hadProcessing = true;
            // Not earlier: before that javac has not made what is asked for here.
            Compilation.began(task);
        }
    }

    @Override
    public void finished(TaskEvent event) {
        try {
            if (event.getKind() == TaskEvent.Kind.ANALYZE && !isTold && level != Level.OFF) {
                analyzed(event);
            } else if (event.getKind() == TaskEvent.Kind.COMPILATION) {
                Compilation.ended(task.getElements());
            }
        } catch (RuntimeException | LinkageError e) {
            // A warning that cannot be given must not stop the compiler.
            isTold = true;
        }
    }

    private void analyzed(TaskEvent event) {
        Elements elements = task.getElements();
        Trees trees = Trees.instance(task);
        HandleTypes handles = new HandleTypes(elements, task.getTypes());
        if (!hasAnalyzed) {
            hasAnalyzed = true;
            // Asked now, while javac has the trees of all sources: Corobridge's own core is not woven.
            TypeElement handle = handles.declaration();
            isTold = handle == null || trees.getTree(handle) != null || Compilation.isProcessorStarted(elements);
        }
        if (isTold || event.getTypeElement() == null) {
            return;
        }
        SourceClass source = SourceClass.read(event.getCompilationUnit(), event.getTypeElement(), trees, handles);
        if (source != null && source.usesHandles() && !source.isSuppressed()) {
            isTold = true;
            source.printAtHandle(trees, Messages.kind(level), Messages.notStarted(hadProcessing));
        }
    }
}
