package io.corobridge.weaver.transform;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Short words for the instructions that the weaver writes, appended to a list. */
final class Bytecode {
    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    final InsnList list = new InsnList();

    Bytecode add(AbstractInsnNode insn) {
        list.add(insn);
        return this;
    }

    Bytecode op(int opcode) {
        return add(new InsnNode(opcode));
    }

    Bytecode var(int opcode, int slot) {
        return add(new VarInsnNode(opcode, slot));
    }

    Bytecode jump(int opcode, LabelNode to) {
        return add(new JumpInsnNode(opcode, to));
    }

    Bytecode callStatic(String owner, String name, String descriptor) {
        return add(new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, descriptor, false));
    }

    Bytecode callVirtual(String owner, String name, String descriptor) {
        return add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, owner, name, descriptor, false));
    }

    Bytecode field(int opcode, String owner, String name, String descriptor) {
        return add(new FieldInsnNode(opcode, owner, name, descriptor));
    }

    Bytecode cast(String type) {
        return type.equals("java/lang/Object") ? this : add(new TypeInsnNode(Opcodes.CHECKCAST, type));
    }

    Bytecode push(int value) {
        if (value >= -1 && value <= 5) {
            return op(Opcodes.ICONST_0 + value);
        }
        if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
            return add(new IntInsnNode(Opcodes.BIPUSH, value));
        }
        if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            return add(new IntInsnNode(Opcodes.SIPUSH, value));
        }
        return add(new LdcInsnNode(value));
    }

    /** Zero or null. */
    Bytecode pushDefault(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> op(Opcodes.LCONST_0);
            case Type.FLOAT -> op(Opcodes.FCONST_0);
            case Type.DOUBLE -> op(Opcodes.DCONST_0);
            case Type.OBJECT, Type.ARRAY -> op(Opcodes.ACONST_NULL);
            case Type.VOID -> this;
            default -> op(Opcodes.ICONST_0);
        };
    }

    Bytecode pop(Type type) {
        return switch (type.getSize()) {
            case 0 -> this;
            case 1 -> op(Opcodes.POP);
            default -> op(Opcodes.POP2);
        };
    }

    /** A value of a type to an object; nothing to null. */
    Bytecode box(Type type) {
        String wrapper = wrapper(type);
        if (type.getSort() == Type.VOID) {
            return op(Opcodes.ACONST_NULL);
        }
        return wrapper == null
                ? this
                : callStatic(wrapper, "valueOf", "(" + type.getDescriptor() + ")L" + wrapper + ";");
    }

    /** The object that {@link #box} made back to a value of the type. */
    Bytecode unbox(Type type) {
        if (type.getSort() == Type.VOID) {
            return op(Opcodes.POP);
        }
        String wrapper = wrapper(type);
        if (wrapper == null) {
            return type.equals(OBJECT) ? this : cast(type.getInternalName());
        }
        return cast(wrapper).callVirtual(wrapper, type.getClassName() + "Value", "()" + type.getDescriptor());
    }

    static @org.jspecify.annotations.Nullable String wrapper(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.CHAR -> "java/lang/Character";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.LONG -> "java/lang/Long";
            case Type.FLOAT -> "java/lang/Float";
            case Type.DOUBLE -> "java/lang/Double";
            default -> null;
        };
    }

    /** The verifier's type of a declared one. */
    static Object verifierType(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.OBJECT, Type.ARRAY -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }

    static boolean isWide(Object verifierType) {
        return verifierType == Opcodes.LONG || verifierType == Opcodes.DOUBLE;
    }

    /** {@code xLOAD}; {@code + (ISTORE - ILOAD)} makes it {@code xSTORE}. */
    static int load(Object verifierType) {
        if (verifierType == Opcodes.INTEGER) {
            return Opcodes.ILOAD;
        }
        if (verifierType == Opcodes.LONG) {
            return Opcodes.LLOAD;
        }
        if (verifierType == Opcodes.FLOAT) {
            return Opcodes.FLOAD;
        }
        return verifierType == Opcodes.DOUBLE ? Opcodes.DLOAD : Opcodes.ALOAD;
    }

    static int store(Object verifierType) {
        return load(verifierType) + Opcodes.ISTORE - Opcodes.ILOAD;
    }

    /** A primitive to the long that its field holds. */
    Bytecode widen(Object verifierType) {
        if (verifierType == Opcodes.INTEGER) {
            return op(Opcodes.I2L);
        }
        if (verifierType == Opcodes.FLOAT) {
            return callStatic("java/lang/Float", "floatToRawIntBits", "(F)I").op(Opcodes.I2L);
        }
        if (verifierType == Opcodes.DOUBLE) {
            return callStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
        }
        return this;
    }

    /** The long back to the primitive. */
    Bytecode narrow(Object verifierType) {
        if (verifierType == Opcodes.INTEGER) {
            return op(Opcodes.L2I);
        }
        if (verifierType == Opcodes.FLOAT) {
            return op(Opcodes.L2I).callStatic("java/lang/Float", "intBitsToFloat", "(I)F");
        }
        if (verifierType == Opcodes.DOUBLE) {
            return callStatic("java/lang/Double", "longBitsToDouble", "(J)D");
        }
        return this;
    }
}
