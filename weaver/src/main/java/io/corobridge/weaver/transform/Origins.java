package io.corobridge.weaver.transform;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Interpreter;

/** Follows the handle, and what holds it, through a method. */
final class Origins extends Interpreter<Origin> {
    private final boolean isStatic;
    private final int own;

    /** The instructions that make objects whose constructor is given the handle. */
    private final Set<AbstractInsnNode> holders;

    /** The parameter {@code own} is the slot of the method's handle, or negative. */
    Origins(boolean isStatic, int own, Set<AbstractInsnNode> holders) {
        super(Opcodes.ASM9);
        this.isStatic = isStatic;
        this.own = own;
        this.holders = holders;
    }

    @Override
    public @Nullable Origin newValue(@Nullable Type type) {
        if (type == null) {
            return Origin.NONE;
        }
        if (type.getSort() == Type.VOID) {
            return null;
        }
        if (Core.isHandle(type)) {
            return Origin.FOREIGN;
        }
        return type.getSize() == 2 ? Origin.WIDE : Origin.OTHER;
    }

    @Override
    public Origin newParameterValue(boolean isInstanceMethod, int local, Type type) {
        if (local == own) {
            return Origin.OWN;
        }
        if (local == 0 && !isStatic) {
            return Origin.THIS;
        }
        return known(type);
    }

    @Override
    public Origin newEmptyValue(int local) {
        return Origin.NONE;
    }

    @Override
    public Origin newExceptionValue(
            TryCatchBlockNode block, org.objectweb.asm.tree.analysis.Frame<Origin> at, Type type) {
        return Origin.OTHER;
    }

    private Origin known(Type type) {
        Origin origin = newValue(type);
        return origin == null ? Origin.NONE : origin;
    }

    @Override
    public Origin newOperation(AbstractInsnNode insn) {
        return switch (insn.getOpcode()) {
            case Opcodes.ACONST_NULL -> Origin.NULL;
            case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> Origin.WIDE;
            case Opcodes.LDC -> {
                Object constant = ((LdcInsnNode) insn).cst;
                boolean wide = constant instanceof Long
                        || constant instanceof Double
                        || (constant instanceof org.objectweb.asm.ConstantDynamic dynamic && dynamic.getSize() == 2);
                yield wide ? Origin.WIDE : Origin.OTHER;
            }
            case Opcodes.GETSTATIC -> known(Type.getType(((FieldInsnNode) insn).desc));
            case Opcodes.NEW -> holders.contains(insn) ? Origin.HOLDER : Origin.OTHER;
            default -> Origin.OTHER;
        };
    }

    @Override
    public Origin copyOperation(AbstractInsnNode insn, Origin value) {
        return value;
    }

    @Override
    public @Nullable Origin unaryOperation(AbstractInsnNode insn, Origin value) {
        return switch (insn.getOpcode()) {
            case Opcodes.LNEG,
                    Opcodes.DNEG,
                    Opcodes.I2L,
                    Opcodes.I2D,
                    Opcodes.L2D,
                    Opcodes.F2L,
                    Opcodes.F2D,
                    Opcodes.D2L -> Origin.WIDE;
            case Opcodes.GETFIELD -> known(Type.getType(((FieldInsnNode) insn).desc));
            case Opcodes.CHECKCAST -> {
                boolean toHandle = Core.isHandle(((TypeInsnNode) insn).desc);
                yield toHandle && value != Origin.OWN ? Origin.FOREIGN : value;
            }
            case Opcodes.IFEQ,
                    Opcodes.IFNE,
                    Opcodes.IFLT,
                    Opcodes.IFGE,
                    Opcodes.IFGT,
                    Opcodes.IFLE,
                    Opcodes.TABLESWITCH,
                    Opcodes.LOOKUPSWITCH,
                    Opcodes.IRETURN,
                    Opcodes.LRETURN,
                    Opcodes.FRETURN,
                    Opcodes.DRETURN,
                    Opcodes.ARETURN,
                    Opcodes.PUTSTATIC,
                    Opcodes.ATHROW,
                    Opcodes.MONITORENTER,
                    Opcodes.MONITOREXIT,
                    Opcodes.IFNULL,
                    Opcodes.IFNONNULL -> null;
            default -> Origin.OTHER;
        };
    }

    @Override
    public @Nullable Origin binaryOperation(AbstractInsnNode insn, Origin first, Origin second) {
        int opcode = insn.getOpcode();
        return switch (opcode) {
            case Opcodes.LALOAD,
                    Opcodes.DALOAD,
                    Opcodes.LADD,
                    Opcodes.LSUB,
                    Opcodes.LMUL,
                    Opcodes.LDIV,
                    Opcodes.LREM,
                    Opcodes.DADD,
                    Opcodes.DSUB,
                    Opcodes.DMUL,
                    Opcodes.DDIV,
                    Opcodes.DREM,
                    Opcodes.LSHL,
                    Opcodes.LSHR,
                    Opcodes.LUSHR,
                    Opcodes.LAND,
                    Opcodes.LOR,
                    Opcodes.LXOR -> Origin.WIDE;
            case Opcodes.IF_ICMPEQ,
                    Opcodes.IF_ICMPNE,
                    Opcodes.IF_ICMPLT,
                    Opcodes.IF_ICMPGE,
                    Opcodes.IF_ICMPGT,
                    Opcodes.IF_ICMPLE,
                    Opcodes.IF_ACMPEQ,
                    Opcodes.IF_ACMPNE,
                    Opcodes.PUTFIELD -> null;
            default -> Origin.OTHER;
        };
    }

    @Override
    public @Nullable Origin ternaryOperation(AbstractInsnNode insn, Origin first, Origin second, Origin third) {
        return null;
    }

    @Override
    public @Nullable Origin naryOperation(AbstractInsnNode insn, List<? extends Origin> operands) {
        if (insn instanceof MethodInsnNode call) {
            return resultOf(call, operands);
        }
        if (insn instanceof InvokeDynamicInsnNode dynamic) {
            LambdaSite lambda = LambdaSite.of(dynamic);
            return lambda != null && holds(operands) && !lambda.isGivenHandle()
                    ? Origin.HOLDER
                    : newValue(Type.getReturnType(dynamic.desc));
        }
        return Origin.OTHER;
    }

    private @Nullable Origin resultOf(MethodInsnNode call, List<? extends Origin> operands) {
        Type result = Type.getReturnType(call.desc);
        if (Core.isHandle(call.owner) && call.name.equals("each")) {
            return Origin.LOOP;
        }
        if (result.getSort() == Type.OBJECT
                && call.getOpcode() != Opcodes.INVOKESTATIC
                && call.name.equals("iterator")
                && call.desc.startsWith("()")) {
            if (operands.get(0) == Origin.LOOP) {
                return Origin.LOOP;
            }
            return call.owner.startsWith("java/util/") ? Origin.COLLECTION_ITERATOR : Origin.OTHER;
        }
        return newValue(result);
    }

    static boolean holds(List<? extends Origin> operands) {
        for (Origin operand : operands) {
            if (operand == Origin.OWN
                    || operand == Origin.FOREIGN
                    || operand == Origin.HOLDER
                    || operand == Origin.LOOP) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void returnOperation(AbstractInsnNode insn, Origin value, Origin expected) {}

    @Override
    public Origin merge(Origin first, Origin second) {
        return first.or(second);
    }
}
