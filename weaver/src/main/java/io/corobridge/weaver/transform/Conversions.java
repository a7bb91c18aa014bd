package io.corobridge.weaver.transform;

import java.util.Objects;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The conversions between the type of a functional interface's method and that of the method that a reference names. */
final class Conversions {
    private Conversions() {}

    static void convert(Bytecode code, Type from, Type to) {
        if (from.equals(to)) {
            return;
        }
        if (to.getSort() == Type.VOID) {
            code.pop(from);
        } else if (isReference(from) && isReference(to)) {
            code.cast(to.getInternalName());
        } else if (isReference(from)) {
            unbox(code, from, to);
        } else if (isReference(to)) {
            // Boxed as what it is; the interface may want a supertype such as Number.
            code.box(from);
        } else {
            widen(code, from.getSort(), to.getSort());
        }
    }

    private static boolean isReference(Type type) {
        return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
    }

    private static void unbox(Bytecode code, Type from, Type to) {
        Type primitive = to;
        for (Type candidate : new Type[] {
            Type.BOOLEAN_TYPE,
            Type.CHAR_TYPE,
            Type.BYTE_TYPE,
            Type.SHORT_TYPE,
            Type.INT_TYPE,
            Type.LONG_TYPE,
            Type.FLOAT_TYPE,
            Type.DOUBLE_TYPE
        }) {
            if (Objects.equals(Bytecode.wrapper(candidate), from.getInternalName())) {
                primitive = candidate;
            }
        }
        code.unbox(primitive);
        widen(code, primitive.getSort(), to.getSort());
    }

    private static void widen(Bytecode code, int from, int to) {
        int kind = Math.max(from, Type.INT);
        if (kind == to || to <= Type.INT) {
            return;
        }
        switch (to) {
            case Type.LONG -> code.op(kind == Type.FLOAT ? Opcodes.F2L : Opcodes.I2L);
            case Type.FLOAT -> code.op(kind == Type.LONG ? Opcodes.L2F : Opcodes.I2F);
            default -> code.op(kind == Type.LONG ? Opcodes.L2D : kind == Type.FLOAT ? Opcodes.F2D : Opcodes.I2D);
        }
    }
}
