package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Finds the suspension points of one method, or the reason why it cannot have any. */
final class MethodAnalysis {
    /** The method stays as it is. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        final transient Finding.Kind kind;
        final int line;
        final String what;

        Refused(Finding.Kind kind, int line, String what) {
            super(what, null, false, false);
            this.kind = kind;
            this.line = line;
            this.what = what;
        }
    }

    private final ClassContext context;
    private final MethodPlan plan;
    private final MethodNode method;
    private final VerifierTypes types;
    private final Frame<Origin>[] origins;
    private final ControlFlow flow;
    private final BitSet[] live;
    private final CallRules rules;
    private int line;

    private MethodAnalysis(ClassContext context, MethodPlan plan) throws Refused {
        this.context = context;
        this.plan = plan;
        this.method = plan.method;
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn.getOpcode() == Opcodes.NEW) {
                method.instructions.insertBefore(insn, new LabelNode());
            }
        }
        flow = new ControlFlow(method);
        live = flow.liveAfter();
        types = new VerifierTypes(context.node.name, method, live);
        try {
            origins = analyze();
        } catch (AnalyzerException e) {
            throw new Refused(Finding.Kind.UNKNOWN_CODE, 0, String.valueOf(e.getMessage()));
        }
        rules = new CallRules(context, plan);
    }

    /** Fills in the plan. */
    static void run(ClassContext context, MethodPlan plan) throws Refused {
        new MethodAnalysis(context, plan).run();
    }

    /** Again and again, until no more object turns out to be made with the handle. */
    private Frame<Origin>[] analyze() throws AnalyzerException {
        Set<AbstractInsnNode> holders = new HashSet<>();
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        while (true) {
            Frame<Origin>[] frames =
                    new Analyzer<>(new Origins(isStatic, plan.own, holders)).analyze(context.node.name, method);
            int known = holders.size();
            for (int i = 0; i < frames.length; i++) {
                if (frames[i] != null
                        && method.instructions.get(i) instanceof MethodInsnNode call
                        && call.name.equals("<init>")
                        && Origins.holds(CallRules.operands(call, frames[i]).subList(1, argumentCount(call) + 1))) {
                    VerifierTypes.At at = types.before(i);
                    if (at != null && receiver(call, at) instanceof Label made) {
                        holders.add(types.made(made));
                    }
                }
            }
            if (holders.size() == known) {
                return frames;
            }
        }
    }

    /** Whether a constructor is given a handle and passes it to nobody. */
    static boolean onlyKeepsHandle(ClassContext context, MethodNode method) {
        if (!method.name.equals("<init>")) {
            return false;
        }
        boolean isGiven = false;
        for (Type parameter : Type.getArgumentTypes(method.desc)) {
            isGiven |= Core.isHandle(parameter);
        }
        if (!isGiven) {
            return false;
        }
        try {
            Frame<Origin>[] frames =
                    new Analyzer<>(new Origins(false, -1, Set.of())).analyze(context.node.name, method);
            for (int i = 0; i < frames.length; i++) {
                if (frames[i] != null
                        && method.instructions.get(i) instanceof MethodInsnNode call
                        && Origins.holds(CallRules.operands(call, frames[i]))) {
                    return false;
                }
            }
            return true;
        } catch (AnalyzerException e) {
            return false;
        }
    }

    private static int argumentCount(MethodInsnNode call) {
        return Type.getArgumentCount(call.desc);
    }

    private void run() throws Refused {
        int[] monitors = Monitors.held(flow, method);
        for (int i = 0; i < flow.size(); i++) {
            AbstractInsnNode insn = method.instructions.get(i);
            if (insn instanceof LineNumberNode number) {
                line = number.line;
            }
            Frame<Origin> frame = origins[i];
            VerifierTypes.At at = types.before(i);
            if (frame == null || at == null) {
                continue;
            }
            checkLocals(insn);
            if (CallRules.escapes(insn, frame)) {
                throw new Refused(Finding.Kind.HANDLE_ESCAPES, line, "the handle is stored");
            }
            if (insn instanceof MethodInsnNode call) {
                Site.Form form = rules.formOf(call, frame, line);
                if (form != null) {
                    if (monitors[i] > 0) {
                        throw new Refused(Finding.Kind.SYNCHRONIZED_BLOCK, line, CallRules.describe(call));
                    }
                    plan.sites.add(site(
                            call, form, frame, at, live[i], !flow.handlers(i).isEmpty()));
                }
            }
        }
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0 && !plan.sites.isEmpty()) {
            throw new Refused(
                    Finding.Kind.SYNCHRONIZED_METHOD,
                    plan.sites.get(0).line,
                    CallRules.describe(plan.sites.get(0).call));
        }
        new MovedObjects(plan, types).find();
        new Changes(flow, plan).find();
    }

    /** No compiler writes to the slot of {@code this}. */
    private void checkLocals(AbstractInsnNode insn) throws Refused {
        if ((method.access & Opcodes.ACC_STATIC) == 0
                && ControlFlow.isStore(insn.getOpcode())
                && ((org.objectweb.asm.tree.VarInsnNode) insn).var == 0) {
            throw new Refused(Finding.Kind.UNKNOWN_CODE, line, "writes to the slot of this");
        }
    }

    private static @Nullable Object receiver(MethodInsnNode call, VerifierTypes.At at) {
        if (call.getOpcode() == Opcodes.INVOKESTATIC) {
            return null;
        }
        return at.stack().get(at.stack().size() - (Type.getArgumentsAndReturnSizes(call.desc) >> 2));
    }

    private Site site(
            MethodInsnNode call, Site.Form form, Frame<Origin> frame, VerifierTypes.At at, BitSet live, boolean guarded)
            throws Refused {
        boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
        int operandSlots = (Type.getArgumentsAndReturnSizes(call.desc) >> 2) - (isStatic ? 1 : 0);
        List<Object> stack = at.stack().subList(0, at.stack().size() - operandSlots);
        List<Object> rest = new ArrayList<>();
        List<Origin> restOrigins = new ArrayList<>();
        int entry = 0;
        for (Object type : stack) {
            if (type == Opcodes.TOP) {
                continue;
            }
            if (type instanceof Label made) {
                plan.moved.add(types.made(made));
            } else if (type == Opcodes.UNINITIALIZED_THIS) {
                throw new Refused(Finding.Kind.UNKNOWN_CODE, line, "this is not initialised");
            } else {
                rest.add(type);
                restOrigins.add(frame.getStack(entry));
            }
            entry++;
        }
        List<Origin> localOrigins = new ArrayList<>();
        List<Object> locals = new ArrayList<>();
        for (int slot = 0; slot < at.locals().size(); slot++) {
            Object type = at.locals().get(slot);
            if (type == Opcodes.UNINITIALIZED_THIS) {
                throw new Refused(Finding.Kind.UNKNOWN_CODE, line, "this is not initialised");
            }
            if (type instanceof Label made) {
                plan.moved.add(types.made(made));
                type = Opcodes.TOP;
            }
            locals.add(type);
            localOrigins.add(frame.getLocal(slot));
        }
        Object receiver = isStatic ? Opcodes.TOP : Objects.requireNonNull(receiver(call, at));
        Type result = Type.getReturnType(call.desc);
        if (receiver instanceof Label made) {
            plan.moved.add(types.made(made));
            boolean isUsed = stack.contains(made);
            result = isUsed ? Type.getObjectType(call.owner) : Type.VOID_TYPE;
        }
        return new Site(call, form, locals, localOrigins, rest, restOrigins, receiver, live, guarded, line, result);
    }
}
