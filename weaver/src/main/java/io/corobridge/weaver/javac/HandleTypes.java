package io.corobridge.weaver.javac;

import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Knows which types are handles: what a body suspends with. */
final class HandleTypes {
    static final String HANDLE = "io.corobridge.Handle";

    private final Elements elements;
    private final Types types;

    HandleTypes(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** The common supertype, or null when what is compiled does not see Corobridge. */
    @Nullable
    TypeElement declaration() {
        return elements.getTypeElement(HANDLE);
    }

    boolean isHandle(@Nullable TypeMirror type) {
        if (type == null || type.getKind() == TypeKind.ERROR) {
            return false;
        }
        boolean mayBe = type.getKind() == TypeKind.DECLARED
                || type.getKind() == TypeKind.TYPEVAR
                || type.getKind() == TypeKind.INTERSECTION;
        TypeElement handle = mayBe ? declaration() : null;
        return handle != null && types.isSubtype(types.erasure(type), types.erasure(handle.asType()));
    }
}
