package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Weaves one class, once: plans its methods, drops the plans that cannot be, and carries out the others. */
final class ClassPass {
    private static final int UNWEAVABLE = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

    private final ClassContext context;
    private final List<String> tooLarge;

    /** Constructors that do nothing with a handle but keep it. */
    private final List<MethodNode> harmless = new ArrayList<>();

    ClassPass(ClassContext context, List<String> tooLarge) {
        this.context = context;
        this.tooLarge = tooLarge;
    }

    /** Returns whether the class has changed. */
    boolean weave() {
        LambdaWeaver lambdas = new LambdaWeaver(context);
        if (!context.everything) {
            lambdas.plan();
        }
        planMethods();
        refuse();
        resolve();
        lambdas.mark();
        for (MethodNode constructor : harmless) {
            constructor.visibleAnnotations = marked(constructor.visibleAnnotations);
        }
        if (context.plans.isEmpty() && harmless.isEmpty()) {
            return false;
        }
        ClassSupport support = new ClassSupport(context);
        for (MethodPlan plan : context.plans.values()) {
            new MethodWeaver(support, plan).weave();
            if (!plan.method.name.startsWith("lambda$")) {
                plan.method.visibleAnnotations = marked(plan.method.visibleAnnotations);
            }
        }
        support.finish();
        context.node.visibleAnnotations = marked(context.node.visibleAnnotations);
        return true;
    }

    private static List<AnnotationNode> marked(@org.jspecify.annotations.Nullable List<AnnotationNode> annotations) {
        List<AnnotationNode> all = annotations == null ? new ArrayList<>() : annotations;
        all.add(new AnnotationNode(Core.WOVEN));
        return all;
    }

    /** The methods that declare a handle as a parameter. */
    private void planMethods() {
        for (MethodNode method : context.node.methods) {
            if ((method.access & UNWEAVABLE) != 0 || method.name.startsWith("<")) {
                reportConstructor(method);
                if (!context.everything && MethodAnalysis.onlyKeepsHandle(context, method)) {
                    harmless.add(method);
                }
                continue;
            }
            if (context.everything) {
                context.plans.put(method.name + method.desc, new MethodPlan(method, -1, Core.CO));
                continue;
            }
            if (isLambda(method) || ClassWeaver.isMarked(method.visibleAnnotations)) {
                continue;
            }
            int own = -1;
            String type = "";
            int count = 0;
            int slot = (method.access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
            for (Type parameter : Type.getArgumentTypes(method.desc)) {
                if (Core.isHandle(parameter)) {
                    own = slot;
                    type = parameter.getInternalName();
                    count++;
                }
                slot += parameter.getSize();
            }
            if (count == 1) {
                context.plans.put(method.name + method.desc, new MethodPlan(method, own, type));
            } else if (count > 1) {
                context.found(Finding.Kind.SEVERAL_HANDLES, method, firstLine(method), method.name);
            }
        }
    }

    /** The compiler's method for a lambda: what it captures comes first, so its parameters mislead. */
    private static boolean isLambda(MethodNode method) {
        return method.name.startsWith("lambda$") && (method.access & Opcodes.ACC_SYNTHETIC) != 0;
    }

    private void reportConstructor(MethodNode method) {
        if (context.everything) {
            return;
        }
        int line = 0;
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LineNumberNode number) {
                line = number.line;
            } else if (insn instanceof MethodInsnNode call
                    && Core.isHandleMethod(call.owner, call.name)
                    && Core.canSuspend(call.name)) {
                Finding.Kind kind =
                        method.name.equals("<init>") ? Finding.Kind.CONSTRUCTOR : Finding.Kind.STATIC_INITIALIZER;
                context.found(kind, method, line, CallRules.describe(call));
            }
        }
    }

    /** Drops the methods that cannot be woven. */
    private void refuse() {
        for (Iterator<MethodPlan> plans = context.plans.values().iterator(); plans.hasNext(); ) {
            MethodPlan plan = plans.next();
            if (tooLarge.contains(plan.method.name + plan.method.desc)) {
                context.found(Finding.Kind.TOO_LARGE, plan.method, firstLine(plan.method), "more than 65,535 bytes");
                plans.remove();
                continue;
            }
            try {
                MethodAnalysis.run(context, plan);
            } catch (MethodAnalysis.Refused refused) {
                context.found(refused.kind, plan.method, refused.line, refused.what);
                plans.remove();
            }
        }
    }

    /** Now that it is known which methods of this class are woven: how each call of one is made. */
    private void resolve() {
        for (MethodPlan plan : context.plans.values()) {
            for (Site site : plan.sites) {
                if (site.form == Site.Form.CHECKED && !context.everything) {
                    site.form = context.formOf(site, plan);
                }
            }
        }
    }

    static int firstLine(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }
}
