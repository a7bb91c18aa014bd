package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * What stands before a method's own code: the way in, the way back to each site, and the saving for each. It belongs to no line
 * of the source.
 */
final class EntryCode {
    private final ClassSupport support;
    private final MethodPlan plan;
    private final Slots slots;
    private final FrameLayout layout;
    private final VerifierFrames frames;
    private final List<SiteGroup> groups;
    private final Map<Site, LabelNode> resumed;
    private final Bytecode code = new Bytecode();
    private final List<Object> entry;

    EntryCode(
            ClassSupport support,
            MethodPlan plan,
            Slots slots,
            FrameLayout layout,
            VerifierFrames frames,
            List<SiteGroup> groups,
            Map<Site, LabelNode> resumed) {
        this.support = support;
        this.plan = plan;
        this.slots = slots;
        this.layout = layout;
        this.frames = frames;
        this.groups = groups;
        this.resumed = resumed;
        this.entry = parameterTypes();
    }

    private List<Object> parameterTypes() {
        List<Object> types = new ArrayList<>();
        if ((plan.method.access & Opcodes.ACC_STATIC) == 0) {
            types.add(support.className());
        }
        for (Type type : Type.getArgumentTypes(plan.method.desc)) {
            types.add(Bytecode.verifierType(type));
            if (type.getSize() == 2) {
                types.add(Opcodes.TOP);
            }
        }
        return types;
    }

    InsnList make() {
        LabelNode start = new LabelNode();
        code.op(Opcodes.ACONST_NULL).var(Opcodes.ASTORE, slots.frame);
        if (slots.copiesHandle) {
            if (plan.own < 0) {
                code.op(Opcodes.ACONST_NULL);
            } else {
                code.var(Opcodes.ALOAD, plan.own);
            }
            code.cast(plan.handleType).var(Opcodes.ASTORE, slots.handle);
        }
        handle().callStatic(Core.WOVEN_CODE, "enter", "(L" + Core.EXCHANGE + ";)Z")
                .jump(Opcodes.IFEQ, start);
        handle().callStatic(Core.WOVEN_CODE, "frame", "(L" + Core.EXCHANGE + ";)L" + Core.FRAME + ";")
                .cast(layout.type)
                .var(Opcodes.ASTORE, slots.frame);
        dispatch();
        for (SiteGroup group : groups) {
            restore(group);
        }
        for (SiteGroup group : groups) {
            save(group);
        }
        code.add(start).add(frames.frame(slots.locals(entry), List.of()));
        return code.list;
    }

    private Bytecode handle() {
        return code.var(Opcodes.ALOAD, slots.handle);
    }

    /** The handle where the method knows more of it than its parameter says: {@code co instanceof GeneratorCo<?, ?> own}. */
    private Bytecode handleAs(Object type) {
        Bytecode loaded = handle();
        return type instanceof String known && !known.equals(plan.handleType) ? loaded.cast(known) : loaded;
    }

    private void dispatch() {
        List<LabelNode> targets = new ArrayList<>();
        for (SiteGroup group : groups) {
            for (int i = 0; i < group.sites.size(); i++) {
                targets.add(group.restore);
            }
        }
        if (groups.size() > 1) {
            switchOnSite(0, targets);
        }
    }

    private void switchOnSite(int first, List<LabelNode> targets) {
        code.var(Opcodes.ALOAD, slots.frame)
                .callStatic(Core.WOVEN_CODE, "site", "(L" + Core.FRAME + ";)I")
                .add(new TableSwitchInsnNode(
                        first, first + targets.size() - 1, targets.get(0), targets.toArray(new LabelNode[0])));
    }

    private void restore(SiteGroup group) {
        Site site = group.first();
        code.add(group.restore);
        if (groups.size() > 1) {
            code.add(frames.frame(slots.locals(entry), List.of()));
        }
        for (int slot = 0; slot < site.locals.size(); slot++) {
            restore(site, slot);
        }
        for (int i = 0; i < site.rest.size(); i++) {
            Object type = site.rest.get(i);
            if (site.restOrigins.get(i) == Origin.OWN) {
                handleAs(type);
            } else if (type == Opcodes.NULL) {
                code.op(Opcodes.ACONST_NULL);
            } else {
                layout.get(code, slots.frame, type, layout.stackField(type, i));
            }
        }
        List<LabelNode> targets = new ArrayList<>();
        for (Site each : group.sites) {
            targets.add(resumed.get(each));
        }
        if (targets.size() == 1) {
            code.jump(Opcodes.GOTO, targets.get(0));
        } else {
            switchOnSite(site.number, targets);
        }
    }

    private void restore(Site site, int slot) {
        Object type = site.locals.get(slot);
        int to = slots.moved(slot);
        if (type == Opcodes.TOP) {
            return;
        }
        if (FrameLayout.isSaved(site, slot)) {
            layout.get(code, slots.frame, type, layout.localField(type, slot));
            code.var(Bytecode.store(type), to);
        } else if (site.localOrigins.get(slot) == Origin.OWN) {
            if (to != slots.handle) {
                handleAs(type).var(Opcodes.ASTORE, to);
            }
        } else if (!(slots.isParameter(slot) && entry.get(slot).equals(type))) {
            constant(type);
            code.var(Bytecode.store(type), to);
        }
    }

    /** For a local that is not read any more: something of its type, for the verifier. */
    private void constant(Object type) {
        if (type == Opcodes.INTEGER) {
            code.op(Opcodes.ICONST_0);
        } else if (type == Opcodes.FLOAT) {
            code.op(Opcodes.FCONST_0);
        } else if (type == Opcodes.LONG) {
            code.op(Opcodes.LCONST_0);
        } else {
            code.op(type == Opcodes.DOUBLE ? Opcodes.DCONST_0 : Opcodes.ACONST_NULL);
        }
    }

    /** Entered with the site's position on the stack, and what else was there in the temporaries. */
    private void save(SiteGroup group) {
        Site site = group.first();
        BitSet dirty = group.dirty();
        boolean isStatic = (plan.method.access & Opcodes.ACC_STATIC) != 0;
        List<Object> types = new ArrayList<>();
        for (int slot = 0; slot < site.locals.size(); slot++) {
            boolean kept =
                    FrameLayout.isSaved(site, slot) || (slot == 0 && !isStatic) || slots.moved(slot) == slots.handle;
            types.add(kept ? site.locals.get(slot) : Opcodes.TOP);
        }
        List<Object> temporaries = new ArrayList<>();
        for (int i = 0; i < site.rest.size(); i++) {
            if (FrameLayout.isSavedEntry(site, i)) {
                temporaries.add(site.rest.get(i));
            }
        }
        List<Object> locals = slots.locals(types, temporaries);
        List<Object> stack = List.of(Opcodes.INTEGER);
        LabelNode again = new LabelNode();
        code.add(group.save)
                .add(frames.frame(locals, stack))
                .var(Opcodes.ALOAD, slots.frame)
                .jump(Opcodes.IFNONNULL, again);
        layout.make(code, () -> support.pushResumer(code));
        code.var(Opcodes.ASTORE, slots.frame);
        if (!isStatic) {
            layout.put(code, slots.frame, support.className(), 0, 0);
        }
        putLocals(site, dirty, false);
        code.add(again).add(frames.frame(locals, stack));
        putLocals(site, dirty, true);
        putStack(site);
        for (int field : layout.staleReferences(site, group.stored())) {
            layout.clear(code, slots.frame, field);
        }
        code.var(Opcodes.ALOAD, slots.frame);
        handle().callStatic(Core.WOVEN_CODE, "saved", "(IL" + Core.FRAME + ";L" + Core.EXCHANGE + ";)V");
        Type result = Type.getReturnType(plan.method.desc);
        code.pushDefault(result).op(result.getOpcode(Opcodes.IRETURN));
    }

    private void putLocals(Site site, BitSet dirty, boolean written) {
        for (int slot = 0; slot < site.locals.size(); slot++) {
            if (FrameLayout.isSaved(site, slot) && dirty.get(slot) == written) {
                Object type = site.locals.get(slot);
                layout.put(code, slots.frame, type, layout.localField(type, slot), slots.moved(slot));
            }
        }
    }

    private void putStack(Site site) {
        int temporary = slots.temporaries;
        for (int i = 0; i < site.rest.size(); i++) {
            if (FrameLayout.isSavedEntry(site, i)) {
                Object type = site.rest.get(i);
                layout.put(code, slots.frame, type, layout.stackField(type, i), temporary);
                temporary += Bytecode.isWide(type) ? 2 : 1;
            }
        }
    }
}
