package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/**
 * An {@code invokedynamic} that makes a lambda or a method reference.
 *
 * @param insn the instruction
 * @param captured what it captures
 * @param target the functional interface
 * @param parameters the parameters of the interface's method, as instantiated
 * @param result its result, as instantiated
 * @param implementation what is called
 */
record LambdaSite(
        InvokeDynamicInsnNode insn,
        Type[] captured,
        Type target,
        Type[] parameters,
        Type result,
        Handle implementation) {
    private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final String ALT_DESCRIPTOR =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;[Ljava/lang/Object;)"
                    + "Ljava/lang/invoke/CallSite;";
    private static final int FLAG_SERIALIZABLE = 1;
    private static final int FLAG_MARKERS = 2;
    private static final int FLAG_BRIDGES = 4;

    static @Nullable LambdaSite of(InvokeDynamicInsnNode insn) {
        if (!insn.bsm.getOwner().equals(METAFACTORY)) {
            return null;
        }
        Type instantiated = (Type) insn.bsmArgs[2];
        return new LambdaSite(
                insn,
                Type.getArgumentTypes(insn.desc),
                Type.getReturnType(insn.desc),
                instantiated.getArgumentTypes(),
                instantiated.getReturnType(),
                (Handle) insn.bsmArgs[1]);
    }

    /** Whether the interface's method is given a handle. */
    boolean isGivenHandle() {
        return count(parameters) > 0;
    }

    /** Whether it is the block of a {@code co.with(..)}. */
    boolean isBlock() {
        return Core.isBlock(target);
    }

    /** Whether the implementation is the compiler's method for a lambda body. */
    boolean isLambdaOf(String className) {
        return implementation.getOwner().equals(className)
                && implementation.getName().startsWith("lambda$")
                && (implementation.getTag() == Opcodes.H_INVOKESTATIC
                        || implementation.getTag() == Opcodes.H_INVOKESPECIAL
                        || implementation.getTag() == Opcodes.H_INVOKEVIRTUAL
                        || implementation.getTag() == Opcodes.H_INVOKEINTERFACE);
    }

    /** How many handles the lambda gets altogether: those of the interface's method, for a block those captured. */
    int handles() {
        return isGivenHandle() ? count(parameters) : isBlock() ? count(captured) : 0;
    }

    /** The slot in which the implementation gets its handle. */
    int ownSlot() {
        int slot = 0;
        for (Type type : captured) {
            if (!isGivenHandle() && Core.isHandle(type)) {
                return slot;
            }
            slot += type.getSize();
        }
        for (Type type : parameters) {
            if (Core.isHandle(type)) {
                return slot;
            }
            slot += type.getSize();
        }
        return -1;
    }

    /** The type of that handle. */
    String handleType() {
        for (Type type : isGivenHandle() ? parameters : captured) {
            if (Core.isHandle(type)) {
                return type.getInternalName();
            }
        }
        throw new IllegalStateException("no handle");
    }

    private static int count(Type[] types) {
        int count = 0;
        for (Type type : types) {
            if (Core.isHandle(type)) {
                count++;
            }
        }
        return count;
    }

    /** Has the object made implement one more interface. */
    void mark(String marker) {
        Object[] old = insn.bsmArgs;
        boolean plain = insn.bsm.getName().equals("metafactory");
        int flags = plain ? 0 : (Integer) old[3];
        int next = 4;
        List<Object> args = new ArrayList<>(Arrays.asList(old).subList(0, 3));
        args.add(flags | FLAG_MARKERS);
        List<Object> markers = new ArrayList<>();
        if ((flags & FLAG_MARKERS) != 0) {
            int count = (Integer) old[next++];
            for (int i = 0; i < count; i++) {
                markers.add(old[next++]);
            }
        }
        markers.add(Type.getObjectType(marker));
        args.add(markers.size());
        args.addAll(markers);
        if ((flags & FLAG_BRIDGES) != 0) {
            args.addAll(Arrays.asList(old).subList(next, old.length));
        }
        assert (flags & ~(FLAG_SERIALIZABLE | FLAG_MARKERS | FLAG_BRIDGES)) == 0 : flags;
        insn.bsm = new Handle(Opcodes.H_INVOKESTATIC, METAFACTORY, "altMetafactory", ALT_DESCRIPTOR, false);
        insn.bsmArgs = args.toArray();
    }
}
