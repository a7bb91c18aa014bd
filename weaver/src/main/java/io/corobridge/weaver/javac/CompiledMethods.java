package io.corobridge.weaver.javac;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.corobridge.weaver.transform.Finding;
import io.corobridge.weaver.transform.WovenMethods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Knows of the methods that javac sees which of them are woven: in class files by the weaver's mark, in the sources of this
 * compilation by what is certain before they are woven. Confined to javac's thread.
 */
final class CompiledMethods implements WovenMethods {
    /** Put by the weaver on each method that it has woven. */
    private static final String MARK = "io.corobridge.engine.Woven";

    private final Elements elements;
    private final Trees trees;
    private final Descriptors descriptors;
    private final Map<ExecutableElement, Answer> analyzed = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final Set<String> promised = new HashSet<>();
    private final Set<String> unwoven = new HashSet<>();

    CompiledMethods(Elements elements, Types types, Trees trees) {
        this.elements = elements;
        this.trees = trees;
        this.descriptors = new Descriptors(elements, types);
    }

    @Override
    public Answer isWoven(String owner, String name, String descriptor) {
        String key = owner + "." + name + descriptor;
        if (unwoven.contains(key)) {
            return Answer.UNWOVEN;
        }
        return answers.computeIfAbsent(key, unseen -> answer(owner, name, descriptor, key));
    }

    /**
     * Takes note of what was found in a class of this compilation.
     *
     * @return whether a class that was woven before relies on the opposite
     */
    boolean found(Finding finding) {
        switch (finding.kind()) {
            case NO_HANDLE_FRAME, UNWOVEN_CALLEE, TOO_LARGE -> {
                return false;
            }
            default -> {
                String key = finding.className() + "." + finding.method() + finding.descriptor();
                unwoven.add(key);
                return promised.contains(key);
            }
        }
    }

    private Answer answer(String owner, String name, String descriptor, String key) {
        TypeElement type = find(owner);
        ExecutableElement method = type == null ? null : find(type, name, descriptor);
        if (method == null) {
            return Answer.UNKNOWN;
        }
        if (hasAny(method, Modifier.ABSTRACT, Modifier.NATIVE, Modifier.SYNCHRONIZED)) {
            return Answer.UNWOVEN;
        }
        Answer inSource = analyzed.get(method);
        if (inSource == null) {
            MethodTree source = trees.getTree(method);
            inSource = source == null ? byMark(method) : bySource(source);
        }
        if (inSource == Answer.WOVEN) {
            promised.add(key);
        }
        return inSource;
    }

    /** Takes note of a class that javac has just analyzed: when it generates another, this one's trees may be gone. */
    void analyzed(TypeElement type) {
        for (Element member : type.getEnclosedElements()) {
            if (member instanceof TypeElement nested) {
                analyzed(nested);
            } else if (member instanceof ExecutableElement method) {
                MethodTree source = trees.getTree(method);
                if (source != null) {
                    analyzed.put(method, bySource(source));
                }
            }
        }
    }

    private static Answer bySource(MethodTree source) {
        return hasMonitor(source) ? Answer.UNKNOWN : Answer.WOVEN;
    }

    private static boolean hasAny(ExecutableElement method, Modifier... modifiers) {
        for (Modifier modifier : modifiers) {
            if (method.getModifiers().contains(modifier)) {
                return true;
            }
        }
        return false;
    }

    private static Answer byMark(ExecutableElement method) {
        for (AnnotationMirror annotation : method.getAnnotationMirrors()) {
            if (((TypeElement) annotation.getAnnotationType().asElement())
                    .getQualifiedName()
                    .contentEquals(MARK)) {
                // A method that only forwards to another is as good as that one is.
                boolean forwards = annotation.getElementValues().values().stream()
                        .map(AnnotationValue::getValue)
                        .anyMatch(value -> !value.equals(""));
                return forwards ? Answer.UNKNOWN : Answer.WOVEN;
            }
        }
        return Answer.UNWOVEN;
    }

    private static boolean hasMonitor(MethodTree method) {
        Boolean found = new TreeScanner<Boolean, @Nullable Void>() {
            @Override
            public Boolean visitSynchronized(SynchronizedTree tree, @Nullable Void unused) {
                return true;
            }

            @Override
            public Boolean reduce(Boolean first, Boolean second) {
                return Boolean.TRUE.equals(first) || Boolean.TRUE.equals(second);
            }
        }.scan(method, null);
        return Boolean.TRUE.equals(found);
    }

    /** A dollar sign may stand for a nesting or for itself. */
    private @Nullable TypeElement find(String internalName) {
        String name = internalName.replace('/', '.');
        TypeElement found = elements.getTypeElement(name);
        for (int dollar = name.lastIndexOf('$');
                found == null && dollar > 0;
                dollar = name.lastIndexOf('$', dollar - 1)) {
            TypeElement outer = elements.getTypeElement(name.substring(0, dollar));
            found = outer == null ? null : nested(outer, name);
        }
        return found;
    }

    private @Nullable TypeElement nested(TypeElement outer, String binaryName) {
        for (TypeElement inner : ElementFilter.typesIn(outer.getEnclosedElements())) {
            String innerName = elements.getBinaryName(inner).toString();
            if (innerName.equals(binaryName)) {
                return inner;
            }
            TypeElement found = binaryName.startsWith(innerName + "$") ? nested(inner, binaryName) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable ExecutableElement find(TypeElement type, String name, String descriptor) {
        for (Element member : type.getEnclosedElements()) {
            if (member instanceof ExecutableElement method
                    && method.getSimpleName().contentEquals(name)
                    && descriptors.of(method).equals(descriptor)) {
                return method;
            }
        }
        List<TypeMirror> supertypes = new ArrayList<>(type.getInterfaces());
        if (type.getSuperclass().getKind() != TypeKind.NONE) {
            supertypes.add(0, type.getSuperclass());
        }
        for (TypeMirror supertype : supertypes) {
            ExecutableElement inherited = supertype instanceof DeclaredType declared
                    ? find((TypeElement) declared.asElement(), name, descriptor)
                    : null;
            if (inherited != null) {
                return inherited;
            }
        }
        return null;
    }
}
