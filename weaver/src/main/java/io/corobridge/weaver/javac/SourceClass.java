package io.corobridge.weaver.javac;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.corobridge.weaver.transform.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * A top-level class as it was written: whether it uses handles, and where a finding's line is. Made while javac still has the
 * trees as parsed; when it generates code it has taken them apart.
 */
final class SourceClass {
    /** A tree that a message can point at, and the lines that it covers. */
    private record Place(Tree tree, long firstLine, long lastLine, boolean isSuppressed) {
        boolean covers(long line) {
            return firstLine <= line && line <= lastLine;
        }
    }

    private static final Set<Tree.Kind> TYPES =
            Set.of(Tree.Kind.CLASS, Tree.Kind.INTERFACE, Tree.Kind.ENUM, Tree.Kind.RECORD, Tree.Kind.ANNOTATION_TYPE);
    private static final Set<Tree.Kind> BODIES = Set.of(Tree.Kind.METHOD, Tree.Kind.LAMBDA_EXPRESSION);
    private static final Set<Tree.Kind> CALLS =
            Set.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.NEW_CLASS, Tree.Kind.MEMBER_REFERENCE);

    private final CompilationUnitTree unit;
    private final List<Place> places;
    private final @Nullable Tree firstHandle;
    private final boolean isFirstHandleSuppressed;

    private SourceClass(CompilationUnitTree unit, Scanner scanner) {
        this.unit = unit;
        this.places = scanner.places;
        this.firstHandle = scanner.firstHandle;
        this.isFirstHandleSuppressed = scanner.isFirstHandleSuppressed;
    }

    /** Reads a class that javac has just analyzed; null when there is nothing to read. */
    static @Nullable SourceClass read(CompilationUnitTree unit, TypeElement type, Trees trees, HandleTypes handles) {
        TreePath path = trees.getPath(type);
        if (path == null) {
            return null;
        }
        Scanner scanner = new Scanner(unit, trees, handles);
        scanner.scan(path, null);
        return new SourceClass(unit, scanner);
    }

    static TypeElement topLevel(TypeElement type) {
        TypeElement topLevel = type;
        for (Element e = type; e != null && !(e instanceof PackageElement); e = e.getEnclosingElement()) {
            if (e instanceof TypeElement enclosing) {
                topLevel = enclosing;
            }
        }
        return topLevel;
    }

    /** Whether a method or lambda in it takes a handle. */
    boolean usesHandles() {
        return firstHandle != null;
    }

    /** Whether all that was said of its handles is suppressed. */
    boolean isSuppressed() {
        return isFirstHandleSuppressed;
    }

    /** Points at the first parameter that takes a handle which is not suppressed. */
    void printAtHandle(Trees trees, Diagnostic.Kind kind, String message) {
        if (firstHandle != null) {
            trees.printMessage(kind, message, firstHandle, unit);
        }
    }

    /** Points at what was found, as closely as its line allows, unless its author has suppressed it. */
    void print(Trees trees, Diagnostic.Kind kind, Finding finding, String message) {
        Place place = find(finding);
        if (place != null && !place.isSuppressed()) {
            trees.printMessage(kind, message, place.tree(), unit);
        }
    }

    private @Nullable Place find(Finding finding) {
        long line = finding.line();
        Place place = switch (finding.kind()) {
            case SYNCHRONIZED_METHOD, SEVERAL_HANDLES, UNKNOWN_CODE, TOO_LARGE -> innermost(BODIES, line);
            case SYNCHRONIZED_BLOCK -> innermost(Set.of(Tree.Kind.SYNCHRONIZED), line);
            case UNKNOWN_CLASS_VERSION -> null;
            default -> call(line, finding.what());
        };
        if (place == null) {
            place = call(line, finding.what());
        }
        if (place == null) {
            place = innermost(BODIES, line);
        }
        if (place == null) {
            place = innermost(TYPES, line);
        }
        return place != null ? place : places.isEmpty() ? null : places.get(0);
    }

    /** A line may have several calls: the one that is named is meant. */
    private @Nullable Place call(long line, String what) {
        List<Place> calls = places.stream()
                .filter(place -> CALLS.contains(place.tree().getKind()) && place.covers(line))
                .toList();
        return calls.stream()
                .filter(place -> what.contains(nameOf(place.tree())))
                .min(NARROWEST)
                .or(() -> calls.stream().min(NARROWEST))
                .orElse(null);
    }

    private @Nullable Place innermost(Set<Tree.Kind> kinds, long line) {
        return places.stream()
                .filter(place -> kinds.contains(place.tree().getKind()) && place.covers(line))
                .min(NARROWEST)
                .orElse(null);
    }

    private static final Comparator<Place> NARROWEST = Comparator.<Place>comparingLong(
                    place -> place.lastLine() - place.firstLine())
            .thenComparing(Comparator.comparingLong(Place::firstLine).reversed());

    private static String nameOf(Tree call) {
        if (call instanceof MethodInvocationTree invocation) {
            return invocation.getMethodSelect() instanceof MemberSelectTree select
                    ? select.getIdentifier().toString()
                    : invocation.getMethodSelect().toString();
        }
        if (call instanceof MemberReferenceTree reference) {
            return reference.getName().toString();
        }
        return call instanceof NewClassTree made ? made.getIdentifier().toString() : "";
    }

    /** Collects places in the order of the source, outer before inner. */
    private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        final List<Place> places = new ArrayList<>();

        @Nullable
        Tree firstHandle;

        boolean isFirstHandleSuppressed;

        private final CompilationUnitTree unit;
        private final Trees trees;
        private final HandleTypes handles;
        private final SourcePositions positions;
        private long lastLine;
        private boolean isSuppressed;

        Scanner(CompilationUnitTree unit, Trees trees, HandleTypes handles) {
            this.unit = unit;
            this.trees = trees;
            this.handles = handles;
            this.positions = trees.getSourcePositions();
        }

        @Override
        public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
            if (tree != null) {
                lastLine = Math.max(lastLine, lineOf(tree));
            }
            return super.scan(tree, unused);
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
            return declaration(tree, () -> super.visitClass(tree, unused));
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
            return declaration(tree, () -> {
                tree.getParameters().forEach(this::parameter);
                return super.visitMethod(tree, unused);
            });
        }

        @Override
        public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
            boolean outer = isSuppressed;
            isSuppressed |= suppresses();
            super.visitVariable(tree, unused);
            isSuppressed = outer;
            return null;
        }

        @Override
        public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
            return place(tree, () -> {
                tree.getParameters().forEach(this::parameter);
                return super.visitLambdaExpression(tree, unused);
            });
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
            return place(tree, () -> super.visitMethodInvocation(tree, unused));
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
            return place(tree, () -> super.visitNewClass(tree, unused));
        }

        @Override
        public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
            return place(tree, () -> super.visitMemberReference(tree, unused));
        }

        @Override
        public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable Void unused) {
            return place(tree, () -> super.visitSynchronized(tree, unused));
        }

        private @Nullable Void declaration(Tree tree, Inside inside) {
            boolean outer = isSuppressed;
            isSuppressed |= suppresses();
            place(tree, inside);
            isSuppressed = outer;
            return null;
        }

        private @Nullable Void place(Tree tree, Inside inside) {
            int index = places.size();
            long first = lineOf(tree);
            long before = lastLine;
            Place open = new Place(tree, first, first, isSuppressed);
            places.add(open);
            lastLine = first;
            inside.scan();
            places.set(index, new Place(tree, first, lastLine, isSuppressed));
            lastLine = Math.max(lastLine, before);
            return null;
        }

        private void parameter(VariableTree tree) {
            if (firstHandle != null && !isFirstHandleSuppressed) {
                return;
            }
            Element parameter = trees.getElement(new TreePath(getCurrentPath(), tree));
            if (parameter != null && handles.isHandle(parameter.asType())) {
                firstHandle = tree;
                isFirstHandleSuppressed = isSuppressed;
            }
        }

        private boolean suppresses() {
            Element element = trees.getElement(getCurrentPath());
            SuppressWarnings annotation = element == null ? null : element.getAnnotation(SuppressWarnings.class);
            return annotation != null && List.of(annotation.value()).contains(WeaverProcessor.UNWEAVABLE);
        }

        private long lineOf(Tree tree) {
            long start = positions.getStartPosition(unit, tree);
            return start < 0 ? 0 : unit.getLineMap().getLineNumber(start);
        }
    }

    private interface Inside {
        @Nullable
        Void scan();
    }
}
