package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * What stands around one call: it tells whether the call suspended, and then leaves the method; it is where the method goes on
 * when it is resumed. All inside the call's own {@code try} and line.
 */
final class SiteCode {
    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private final ClassSupport support;
    private final MethodPlan plan;
    private final Slots slots;
    private final VerifierFrames frames;
    private final Site site;
    private final LabelNode resumed;
    private final LabelNode suspended = new LabelNode();
    private final LabelNode result = new LabelNode();
    private final LabelNode goesOn = new LabelNode();
    private final List<Object> locals;
    private final Type resultType;
    private boolean hasPlainPath;

    SiteCode(ClassSupport support, MethodPlan plan, Slots slots, VerifierFrames frames, Site site, LabelNode resumed) {
        this.support = support;
        this.plan = plan;
        this.slots = slots;
        this.frames = frames;
        this.site = site;
        this.resumed = resumed;
        this.locals = slots.locals(site.locals);
        this.resultType = site.result;
    }

    void emit(LabelNode save, int position) {
        InsnList code = plan.method.instructions;
        if (site.isConstructor()) {
            constructor(code, save, position);
            return;
        }
        Bytecode before = new Bytecode();
        MethodInsnNode call = site.call;
        switch (site.form) {
            case HANDLE -> code.set(call, call = handleCall(call));
            case LOOP -> {
                handle(before);
                code.set(call, call = loopCall(call));
            }
            case WOVEN -> handle(before).callStatic(Core.WOVEN_CODE, "calling", "(L" + Core.EXCHANGE + ";)V");
            case CHECKED -> checked(before);
            case PLAIN -> plain(before, receiverType());
        }
        Bytecode after = new Bytecode();
        if (site.form != Site.Form.PLAIN) {
            checkSuspending(after, goesOn).pop(resultType);
        }
        leave(after, save, position);
        after.add(resumed).add(frames.frame(locals, site.rest));
        handle(after).callStatic(Core.WOVEN_CODE, "sent", "(L" + Core.EXCHANGE + ";)Ljava/lang/Object;");
        after.add(result);
        if (hasPlainPath) {
            after.add(frames.frame(locals, stackWith(OBJECT)));
        }
        after.unbox(resultType).add(goesOn);
        if (site.form != Site.Form.PLAIN) {
            after.add(frames.frame(locals, stackWith(resultType)));
        }
        code.insert(call, after.list);
        code.insertBefore(call, before.list);
        if (site.form == Site.Form.PLAIN) {
            code.remove(call);
        }
    }

    /** An object whose constructor is given the handle; a constructor that may suspend runs as plain code. */
    private void constructor(InsnList code, LabelNode save, int position) {
        Bytecode before = new Bytecode();
        LabelNode direct = new LabelNode();
        Type[] arguments = Type.getArgumentTypes(site.call.desc);
        if (site.form == Site.Form.CHECKED) {
            before.add(new LdcInsnNode(Type.getObjectType(site.call.owner)));
            announce(before, direct);
        }
        if (site.form != Site.Form.WOVEN) {
            plain(before, Type.getObjectType(site.call.owner));
            before.jump(Opcodes.GOTO, suspended);
        }
        if (site.form != Site.Form.PLAIN) {
            List<Object> stack = new ArrayList<>(site.rest);
            for (Type argument : arguments) {
                stack.add(Bytecode.verifierType(argument));
            }
            before.add(direct).add(frames.frame(locals, stack));
            int[] at = store(before, arguments);
            before.add(new TypeInsnNode(Opcodes.NEW, site.call.owner));
            if (resultType.getSort() != Type.VOID) {
                before.op(Opcodes.DUP);
            }
            load(before, arguments, at);
        }
        Bytecode after = new Bytecode();
        if (site.form != Site.Form.PLAIN) {
            after.jump(Opcodes.GOTO, goesOn);
        }
        leave(after, save, position);
        after.add(resumed).add(frames.frame(locals, site.rest));
        handle(after).callStatic(Core.WOVEN_CODE, "sent", "(L" + Core.EXCHANGE + ";)Ljava/lang/Object;");
        after.add(result).add(frames.frame(locals, stackWith(OBJECT))).unbox(resultType);
        after.add(goesOn).add(frames.frame(locals, stackWith(resultType)));
        code.insert(site.call, after.list);
        code.insertBefore(site.call, before.list);
        if (site.form == Site.Form.PLAIN) {
            code.remove(site.call);
        }
    }

    private Bytecode handle(Bytecode code) {
        return code.var(Opcodes.ALOAD, slots.handle);
    }

    private Bytecode checkSuspending(Bytecode code, LabelNode otherwise) {
        return handle(code)
                .callStatic(Core.WOVEN_CODE, "isSuspending", "(L" + Core.EXCHANGE + ";)Z")
                .jump(Opcodes.IFEQ, otherwise);
    }

    private List<Object> stackWith(Type top) {
        List<Object> stack = new ArrayList<>(site.rest);
        if (top.getSort() != Type.VOID) {
            stack.add(Bytecode.verifierType(top));
        }
        return stack;
    }

    static MethodInsnNode handleCall(MethodInsnNode call) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                Core.WOVEN_CALLS,
                call.name,
                "(L" + Core.receiverOf(call.owner, call.name) + ";" + call.desc.substring(1),
                false);
    }

    private static MethodInsnNode loopCall(MethodInsnNode call) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                Core.WOVEN_CALLS,
                call.name,
                "(Ljava/util/Iterator;L" + Core.HANDLE + ";)"
                        + Type.getReturnType(call.desc).getDescriptor(),
                false);
    }

    /** Asks whether the callee is woven; if not, the call is made as plain code and what follows skips the call itself. */
    private void checked(Bytecode before) {
        LabelNode direct = new LabelNode();
        if (site.call.getOpcode() == Opcodes.INVOKESTATIC || site.call.getOpcode() == Opcodes.INVOKESPECIAL) {
            before.add(new LdcInsnNode(Type.getObjectType(site.call.owner)));
            announce(before, direct);
            plain(before, receiverType());
            before.add(direct).add(frames.frame(locals, stackBeforeCall()));
            return;
        }
        Type[] arguments = Type.getArgumentTypes(site.call.desc);
        int[] at = store(before, arguments);
        before.op(Opcodes.DUP);
        announce(before, direct);
        load(before, arguments, at);
        plain(before, receiverType());
        List<Object> types = new ArrayList<>();
        for (Type argument : arguments) {
            types.add(Bytecode.verifierType(argument));
        }
        List<Object> stack = new ArrayList<>(site.rest);
        stack.add(site.receiver);
        before.add(direct).add(frames.frame(slots.locals(site.locals, types), stack));
        load(before, arguments, at);
    }

    private void announce(Bytecode code, LabelNode direct) {
        handle(code);
        support.announce(code, site.call);
        code.jump(Opcodes.IFNE, direct);
    }

    private List<Object> stackBeforeCall() {
        List<Object> stack = new ArrayList<>(site.rest);
        if (site.call.getOpcode() != Opcodes.INVOKESTATIC) {
            stack.add(site.receiver);
        }
        for (Type argument : Type.getArgumentTypes(site.call.desc)) {
            stack.add(Bytecode.verifierType(argument));
        }
        return stack;
    }

    private int[] store(Bytecode code, Type[] arguments) {
        int[] at = new int[arguments.length];
        int next = slots.temporaries;
        for (int i = 0; i < arguments.length; i++) {
            at[i] = next;
            next += arguments[i].getSize();
        }
        for (int i = arguments.length - 1; i >= 0; i--) {
            code.var(arguments[i].getOpcode(Opcodes.ISTORE), at[i]);
        }
        return at;
    }

    private static void load(Bytecode code, Type[] arguments, int[] at) {
        for (int i = 0; i < arguments.length; i++) {
            code.var(arguments[i].getOpcode(Opcodes.ILOAD), at[i]);
        }
    }

    private Type receiverType() {
        return support.receiverType(site.call, site.receiver);
    }

    /** Makes the call, whose operands are on the stack, as plain code. */
    private void plain(Bytecode code, Type receiver) {
        hasPlainPath = true;
        support.pushPlainCall(code, site.call, receiver);
        handle(code)
                .add(new LdcInsnNode(ClassSupport.target(site.call)))
                .callStatic(
                        Core.WOVEN_CODE,
                        "callPlain",
                        "(Ljava/util/concurrent/Callable;L" + Core.EXCHANGE + ";Ljava/lang/String;)Ljava/lang/Object;");
        checkSuspending(code, result).op(Opcodes.POP);
        if (site.form != Site.Form.PLAIN && !site.isConstructor()) {
            code.jump(Opcodes.GOTO, suspended);
        }
    }

    /** Puts away what is left on the stack, and goes on with saving. */
    private void leave(Bytecode code, LabelNode save, int position) {
        if (hasPlainPath && (site.form != Site.Form.PLAIN || site.isConstructor())) {
            code.add(suspended).add(frames.frame(locals, site.rest));
        }
        int temporary = slots.temporaries;
        for (int i = 0; i < site.rest.size(); i++) {
            if (FrameLayout.isSavedEntry(site, i)) {
                temporary += Bytecode.isWide(site.rest.get(i)) ? 2 : 1;
            }
        }
        for (int i = site.rest.size() - 1; i >= 0; i--) {
            Object type = site.rest.get(i);
            if (FrameLayout.isSavedEntry(site, i)) {
                temporary -= Bytecode.isWide(type) ? 2 : 1;
                code.var(Bytecode.store(type), temporary);
            } else {
                code.op(Opcodes.POP);
            }
        }
        code.push(position).jump(Opcodes.GOTO, save);
    }
}
