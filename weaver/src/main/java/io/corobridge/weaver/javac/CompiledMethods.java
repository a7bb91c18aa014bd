package io.corobridge.weaver.javac;

import com.sun.source.util.Trees;
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
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Knows of the methods in class files that javac reads whether they have the weaver's mark. Of those that are being compiled
 * nothing is known. Confined to javac's thread.
 */
final class CompiledMethods implements WovenMethods {
    /** Put by the weaver on each method that it has woven. */
    private static final String MARK = "io.corobridge.engine.Woven";

    private final Elements elements;
    private final Trees trees;
    private final Descriptors descriptors;
    private final Set<TypeElement> analyzed = new HashSet<>();
    private final Map<String, Answer> answers = new HashMap<>();

    CompiledMethods(Elements elements, Types types, Trees trees) {
        this.elements = elements;
        this.trees = trees;
        this.descriptors = new Descriptors(elements, types);
    }

    /** Takes note of a class in the sources: when javac generates another one, this one's trees may be gone. */
    void analyzed(TypeElement topLevel) {
        analyzed.add(topLevel);
    }

    @Override
    public Answer isWoven(String owner, String name, String descriptor) {
        return answers.computeIfAbsent(owner + "." + name + descriptor, unseen -> answer(owner, name, descriptor));
    }

    private Answer answer(String owner, String name, String descriptor) {
        TypeElement type = find(owner);
        ExecutableElement method = type == null ? null : find(type, name, descriptor);
        return method == null || isInSources(method) ? Answer.UNKNOWN : byMark(method);
    }

    private boolean isInSources(ExecutableElement method) {
        if (!(method.getEnclosingElement() instanceof TypeElement owner)) {
            return false;
        }
        TypeElement topLevel = SourceClass.topLevel(owner);
        return analyzed.contains(topLevel) || trees.getTree(topLevel) != null;
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
