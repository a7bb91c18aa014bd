package io.corobridge.weaver.transform;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Rewrites one method by its plan. */
final class MethodWeaver {
    /** The bits of a position that are the site's number. */
    private static final int SITE_BITS = 15;

    static final int MOST_SITES = 1 << SITE_BITS;

    private final ClassSupport support;
    private final MethodPlan plan;
    private final MethodNode method;

    MethodWeaver(ClassSupport support, MethodPlan plan) {
        this.support = support;
        this.plan = plan;
        this.method = plan.method;
    }

    void weave() {
        for (MethodInsnNode call : plan.handleCalls) {
            method.instructions.set(call, SiteCode.handleCall(call));
        }
        if (plan.sites.isEmpty()) {
            pass();
            return;
        }
        FrameLayout layout = new FrameLayout(plan);
        plan.number = support.resumable(plan, layout);
        Slots slots = new Slots(plan, layout.type);
        VerifierFrames frames = new VerifierFrames();
        slots.apply();
        moveObjects(slots);
        List<SiteGroup> groups = SiteGroup.of(plan);
        Map<Site, LabelNode> resumed = new IdentityHashMap<>();
        for (SiteGroup group : groups) {
            for (Site site : group.sites) {
                LabelNode label = new LabelNode();
                resumed.put(site, label);
                int position = (site.guarded ? Integer.MIN_VALUE : 0) | plan.number << SITE_BITS | site.number;
                new SiteCode(support, plan, slots, frames, site, label).emit(group.save, position);
            }
        }
        method.instructions.insert(new EntryCode(support, plan, slots, layout, frames, groups, resumed).make());
        frames.removeDoubles(method.instructions);
    }

    /** A method that never suspends takes note of its caller's announcement all the same. */
    private void pass() {
        if (plan.own >= 0) {
            Bytecode code = new Bytecode();
            code.var(Opcodes.ALOAD, plan.own)
                    .cast(plan.handleType)
                    .callStatic(Core.WOVEN_CODE, "pass", "(L" + Core.EXCHANGE + ";)V");
            method.instructions.insert(code.list);
        }
    }

    private void moveObjects(Slots slots) {
        for (MethodPlan.MovedConstructor moved : plan.constructors) {
            Type[] arguments = Type.getArgumentTypes(moved.call().desc);
            Bytecode code = new Bytecode();
            int[] at = new int[arguments.length];
            int next = slots.temporaries;
            for (int i = 0; i < arguments.length; i++) {
                at[i] = next;
                next += arguments[i].getSize();
            }
            for (int i = arguments.length - 1; i >= 0; i--) {
                code.var(arguments[i].getOpcode(Opcodes.ISTORE), at[i]);
            }
            code.add(new TypeInsnNode(Opcodes.NEW, moved.call().owner));
            for (int copy = 1; copy < moved.copies(); copy++) {
                code.op(Opcodes.DUP);
            }
            for (int i = 0; i < arguments.length; i++) {
                code.var(arguments[i].getOpcode(Opcodes.ILOAD), at[i]);
            }
            method.instructions.insertBefore(moved.call(), code.list);
        }
        for (AbstractInsnNode kept : plan.dropped) {
            method.instructions.remove(kept);
        }
        for (AbstractInsnNode made : plan.moved) {
            AbstractInsnNode next = made.getNext();
            while (next.getOpcode() < 0) {
                next = next.getNext();
            }
            if (next.getOpcode() == Opcodes.DUP) {
                method.instructions.remove(next);
            }
            method.instructions.insert(made, new InsnNode(Opcodes.POP));
        }
    }
}
