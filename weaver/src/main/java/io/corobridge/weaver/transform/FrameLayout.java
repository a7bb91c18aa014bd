package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Which field of a method's frame holds which local and which entry of the operand stack: the same at every site, so that what
 * has not changed need not be saved again.
 */
final class FrameLayout {
    private static final int[] REFERENCES = {2, 4, 6, 10, 16};
    private static final int[] PRIMITIVES = {0, 1, 2, 4};
    private static final String OBJECT = "Ljava/lang/Object;";

    private final Map<Integer, Integer> localReferences = new HashMap<>();
    private final Map<Integer, Integer> localPrimitives = new HashMap<>();
    private final Map<Integer, Integer> stackReferences = new HashMap<>();
    private final Map<Integer, Integer> stackPrimitives = new HashMap<>();
    private final boolean wide;
    private int references;
    private int primitives;

    /** The class of the frame. */
    final String type;

    FrameLayout(MethodPlan plan) {
        if ((plan.method.access & Opcodes.ACC_STATIC) == 0) {
            // The receiver, which is needed to call the method again.
            references++;
        }
        for (Site site : plan.sites) {
            for (int slot = 0; slot < site.locals.size(); slot++) {
                if (isSaved(site, slot)) {
                    place(site.locals.get(slot), slot, localReferences, localPrimitives);
                }
            }
        }
        for (Site site : plan.sites) {
            for (int entry = 0; entry < site.rest.size(); entry++) {
                if (isSavedEntry(site, entry)) {
                    place(site.rest.get(entry), entry, stackReferences, stackPrimitives);
                }
            }
        }
        int o = fitting(REFERENCES, references);
        int l = fitting(PRIMITIVES, primitives);
        wide = o < 0 || l < 0;
        type = wide ? Core.WIDE_FRAME : Core.FRAMES + "O" + o + "L" + l;
    }

    private void place(Object verifierType, int key, Map<Integer, Integer> o, Map<Integer, Integer> l) {
        if (isReference(verifierType)) {
            if (!o.containsKey(key)) {
                o.put(key, references++);
            }
        } else if (!l.containsKey(key)) {
            l.put(key, primitives++);
        }
    }

    private static int fitting(int[] sizes, int size) {
        for (int candidate : sizes) {
            if (candidate >= size) {
                return candidate;
            }
        }
        return -1;
    }

    static boolean isReference(Object verifierType) {
        return verifierType instanceof String;
    }

    /** Whether a local has a field: it is read later, and is neither a constant nor the handle. */
    static boolean isSaved(Site site, int slot) {
        Object type = site.locals.get(slot);
        return type != Opcodes.TOP
                && type != Opcodes.NULL
                && site.live.get(slot)
                && site.localOrigins.get(slot) != Origin.OWN
                && !(slot == 0 && site.localOrigins.get(0) == Origin.THIS);
    }

    static boolean isSavedEntry(Site site, int entry) {
        return site.rest.get(entry) != Opcodes.NULL && site.restOrigins.get(entry) != Origin.OWN;
    }

    /** The fields that may hold a reference which nobody reads any more. */
    List<Integer> staleReferences(Site site, BitSet stored) {
        List<Integer> stale = new ArrayList<>();
        localReferences.forEach((slot, field) -> {
            boolean kept = slot < site.locals.size() && isSaved(site, slot) && isReference(site.locals.get(slot));
            if (stored.get(slot) && !kept) {
                stale.add(field);
            }
        });
        stackReferences.forEach((entry, field) -> {
            boolean kept = entry < site.rest.size() && isSavedEntry(site, entry) && isReference(site.rest.get(entry));
            if (!kept) {
                stale.add(field);
            }
        });
        stale.sort(null);
        return stale;
    }

    int localField(Object verifierType, int slot) {
        return Objects.requireNonNull((isReference(verifierType) ? localReferences : localPrimitives).get(slot));
    }

    int stackField(Object verifierType, int entry) {
        return Objects.requireNonNull((isReference(verifierType) ? stackReferences : stackPrimitives).get(entry));
    }

    /** Makes a frame; the resumer has been pushed by {@code pushResumer}. */
    void make(Bytecode code, Runnable pushResumer) {
        code.add(new TypeInsnNode(Opcodes.NEW, type)).op(Opcodes.DUP);
        pushResumer.run();
        String descriptor = "(L" + Core.RESUMER + ";)V";
        if (wide) {
            code.push(references).push(primitives);
            descriptor = "(L" + Core.RESUMER + ";II)V";
        }
        code.add(new org.objectweb.asm.tree.MethodInsnNode(Opcodes.INVOKESPECIAL, type, "<init>", descriptor, false));
    }

    /** Pushes what a field holds, as the verifier's type. */
    void get(Bytecode code, int frameSlot, Object verifierType, int field) {
        code.var(Opcodes.ALOAD, frameSlot);
        read(code, verifierType, field);
    }

    /** The same for a frame that is on the stack. */
    void read(Bytecode code, Object verifierType, int field) {
        boolean reference = isReference(verifierType);
        if (wide) {
            code.field(Opcodes.GETFIELD, type, reference ? "o" : "l", reference ? "[" + OBJECT : "[J")
                    .push(field)
                    .op(reference ? Opcodes.AALOAD : Opcodes.LALOAD);
        } else {
            code.field(Opcodes.GETFIELD, type, (reference ? "o" : "l") + field, reference ? OBJECT : "J");
        }
        if (reference) {
            code.cast((String) verifierType);
        } else {
            code.narrow(verifierType);
        }
    }

    /** Sets a field to a local. */
    void put(Bytecode code, int frameSlot, Object verifierType, int field, int slot) {
        boolean reference = isReference(verifierType);
        target(code, frameSlot, reference, field);
        code.var(Bytecode.load(verifierType), slot);
        if (!reference) {
            code.widen(verifierType);
        }
        store(code, reference, field);
    }

    /** Lets go of a reference. */
    void clear(Bytecode code, int frameSlot, int field) {
        target(code, frameSlot, true, field);
        code.add(new InsnNode(Opcodes.ACONST_NULL));
        store(code, true, field);
    }

    private void target(Bytecode code, int frameSlot, boolean reference, int field) {
        code.var(Opcodes.ALOAD, frameSlot);
        if (wide) {
            code.field(Opcodes.GETFIELD, type, reference ? "o" : "l", reference ? "[" + OBJECT : "[J")
                    .push(field);
        }
    }

    private void store(Bytecode code, boolean reference, int field) {
        if (wide) {
            code.op(reference ? Opcodes.AASTORE : Opcodes.LASTORE);
        } else {
            code.field(Opcodes.PUTFIELD, type, (reference ? "o" : "l") + field, reference ? OBJECT : "J");
        }
    }
}
