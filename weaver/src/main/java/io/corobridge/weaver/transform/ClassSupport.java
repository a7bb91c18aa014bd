package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The private synthetic members that a woven class gets: the way back into its methods, and its calls that need a thread. */
final class ClassSupport {
    private static final int PRIVATE_STATIC = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    private static final String RESUME = "(L" + Core.FRAME + ";L" + Core.EXCHANGE + ";)Ljava/lang/Object;";
    private static final String ANNOUNCE = "(Ljava/lang/Object;L" + Core.EXCHANGE + ";I)Z";
    private static final String WHERE =
            "(L" + Core.FRAME + ";Ljava/lang/String;Ljava/lang/String;)Ljava/lang/StackTraceElement;";
    private static final String CALLEES = "L" + Core.CALLEES + ";";
    private static final String METAFACTORY_DESCRIPTOR =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodType;"
                    + "Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;";

    /** What fits into one constant, with room for characters of more than one byte. */
    private static final int MOST_REMEMBERED = 20_000;

    private final ClassContext context;
    private final List<MethodPlan> resumable = new ArrayList<>();
    private final List<FrameLayout> layouts = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private int plainCalls;
    private int rememberedLength;

    ClassSupport(ClassContext context) {
        this.context = context;
    }

    String className() {
        return context.node.name;
    }

    /** Gives a method its number. */
    int resumable(MethodPlan plan, FrameLayout layout) {
        resumable.add(plan);
        layouts.add(layout);
        return resumable.size() - 1;
    }

    void pushResumer(Bytecode code) {
        own(code, "$co$resumer", "()L" + Core.RESUMER + ";");
    }

    private Bytecode own(Bytecode code, String name, String descriptor) {
        return code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, className(), name, descriptor, context.isInterface()));
    }

    static String target(MethodInsnNode call) {
        return call.owner + '.' + call.name + call.desc;
    }

    /** With receiver and handle on the stack: leaves whether the callee is woven. */
    void announce(Bytecode code, MethodInsnNode call) {
        String target = target(call);
        rememberedLength += target.length() + 1;
        if (context.isInterface() || rememberedLength > MOST_REMEMBERED) {
            // An interface has no private field to remember the answer in, and a string constant its limit.
            code.add(new LdcInsnNode(target))
                    .callStatic(
                            Core.WOVEN_CODE,
                            "announce",
                            "(Ljava/lang/Object;L" + Core.EXCHANGE + ";Ljava/lang/String;)Z");
            return;
        }
        code.push(calls.size());
        own(code, "$co$announce", ANNOUNCE);
        calls.add(target);
    }

    /** A type for the receiver in which the call is still allowed: for protected methods, not the declaring class. */
    Type receiverType(MethodInsnNode call, Object verifierType) {
        boolean samePackage = packageOf(call.owner).equals(packageOf(className()));
        if (call.getOpcode() == Opcodes.INVOKESPECIAL) {
            return Type.getObjectType(className());
        }
        return call.getOpcode() == Opcodes.INVOKEVIRTUAL && !samePackage && verifierType instanceof String type
                ? Type.getObjectType(type)
                : Type.getObjectType(call.owner);
    }

    private static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('/') + 1);
    }

    /** Makes a {@code Callable} of a call whose operands are on the stack. */
    void pushPlainCall(Bytecode code, MethodInsnNode call, Type receiver) {
        boolean isConstructor = call.name.equals("<init>");
        boolean isSpecial = call.getOpcode() == Opcodes.INVOKESPECIAL && !isConstructor;
        List<Type> operands = new ArrayList<>(Arrays.asList(Type.getArgumentTypes(call.desc)));
        if (call.getOpcode() != Opcodes.INVOKESTATIC && !isSpecial && !isConstructor) {
            operands.add(0, receiver);
        }
        Type object = Type.getObjectType("java/lang/Object");
        String descriptor = Type.getMethodDescriptor(object, operands.toArray(new Type[0]));
        String name = "$co$plain" + plainCalls++;
        int access = isSpecial ? Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC : PRIVATE_STATIC;
        MethodNode method = new MethodNode(access, name, descriptor, null, null);
        Bytecode body = new Bytecode();
        int slot = 0;
        if (isSpecial) {
            body.var(Opcodes.ALOAD, slot++);
        }
        if (isConstructor) {
            body.add(new TypeInsnNode(Opcodes.NEW, call.owner)).op(Opcodes.DUP);
        }
        for (Type operand : operands) {
            body.var(operand.getOpcode(Opcodes.ILOAD), slot);
            slot += operand.getSize();
        }
        body.add(new MethodInsnNode(call.getOpcode(), call.owner, call.name, call.desc, call.itf));
        if (!isConstructor) {
            body.box(Type.getReturnType(call.desc));
        }
        body.op(Opcodes.ARETURN);
        method.instructions.add(body.list);
        context.node.methods.add(method);
        if (isSpecial) {
            operands.add(0, Type.getObjectType(className()));
        }
        int tag = isSpecial ? Opcodes.H_INVOKESPECIAL : Opcodes.H_INVOKESTATIC;
        lambda(
                code,
                "call",
                Type.getMethodDescriptor(
                        Type.getObjectType("java/util/concurrent/Callable"), operands.toArray(new Type[0])),
                new Handle(tag, className(), name, descriptor, context.isInterface()),
                "()Ljava/lang/Object;");
    }

    private static void lambda(
            Bytecode code, String name, String site, Handle implementation, String interfaceDescriptor) {
        Type type = Type.getMethodType(interfaceDescriptor);
        code.add(new InvokeDynamicInsnNode(
                name,
                site,
                new Handle(
                        Opcodes.H_INVOKESTATIC,
                        "java/lang/invoke/LambdaMetafactory",
                        "metafactory",
                        METAFACTORY_DESCRIPTOR,
                        false),
                type,
                implementation,
                type));
    }

    /** Adds what has been asked for. */
    void finish() {
        if (!resumable.isEmpty()) {
            addResumer();
            addResume();
        }
        if (!calls.isEmpty()) {
            addAnnounce();
        }
    }

    private void add(String name, String descriptor, Bytecode code) {
        MethodNode method = new MethodNode(PRIVATE_STATIC, name, descriptor, null, null);
        method.instructions.add(code.list);
        context.node.methods.add(method);
    }

    private void addResumer() {
        Bytecode code = new Bytecode();
        Handle resume = new Handle(Opcodes.H_INVOKESTATIC, className(), "$co$resume", RESUME, context.isInterface());
        lambda(code, "resume", "()L" + Core.RESUMER + ";", resume, RESUME);
        add("$co$resumer", "()L" + Core.RESUMER + ";", code.op(Opcodes.ARETURN));
    }

    private void addResume() {
        Bytecode code = new Bytecode();
        VerifierFrames frames = new VerifierFrames();
        LabelNode[] labels = new LabelNode[resumable.size()];
        Arrays.setAll(labels, i -> new LabelNode(new Label()));
        LabelNode resumes = new LabelNode();
        code.var(Opcodes.ALOAD, 1)
                .jump(Opcodes.IFNONNULL, resumes)
                .var(Opcodes.ALOAD, 0)
                .add(new LdcInsnNode(className().replace('/', '.')))
                .add(new LdcInsnNode(SiteLines.of(context.node.sourceFile, resumable)))
                .callStatic(Core.WOVEN_CODE, "where", WHERE)
                .op(Opcodes.ARETURN)
                .add(resumes)
                .add(frames.frame(List.of(Core.FRAME, Core.EXCHANGE), List.of()));
        if (labels.length > 1) {
            code.var(Opcodes.ALOAD, 0)
                    .callStatic(Core.WOVEN_CODE, "method", "(L" + Core.FRAME + ";)I")
                    .add(new TableSwitchInsnNode(0, labels.length - 1, labels[0], labels));
        }
        for (int i = 0; i < labels.length; i++) {
            code.add(labels[i]);
            if (labels.length > 1) {
                code.add(frames.frame(List.of(Core.FRAME, Core.EXCHANGE), List.of()));
            }
            call(code, resumable.get(i), layouts.get(i));
        }
        add("$co$resume", RESUME, code);
    }

    /** Calls a method again; of its arguments only receiver and handle matter. */
    private void call(Bytecode code, MethodPlan plan, FrameLayout layout) {
        boolean isStatic = (plan.method.access & Opcodes.ACC_STATIC) != 0;
        int slot = 0;
        if (!isStatic) {
            code.var(Opcodes.ALOAD, 0).add(new TypeInsnNode(Opcodes.CHECKCAST, layout.type));
            layout.read(code, className(), 0);
            slot++;
        }
        for (Type type : Type.getArgumentTypes(plan.method.desc)) {
            if (slot == plan.own) {
                code.var(Opcodes.ALOAD, 1).cast(type.getInternalName());
            } else {
                code.pushDefault(type);
            }
            slot += type.getSize();
        }
        code.add(new MethodInsnNode(
                        isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL,
                        className(),
                        plan.method.name,
                        plan.method.desc,
                        context.isInterface()))
                .box(Type.getReturnType(plan.method.desc))
                .op(Opcodes.ARETURN);
    }

    private void addAnnounce() {
        context.node.fields.add(new FieldNode(PRIVATE_STATIC, "$co$callees", CALLEES, null, null));
        Bytecode code = new Bytecode();
        VerifierFrames frames = new VerifierFrames();
        LabelNode known = new LabelNode();
        code.field(Opcodes.GETSTATIC, className(), "$co$callees", CALLEES)
                .op(Opcodes.DUP)
                .jump(Opcodes.IFNONNULL, known)
                .op(Opcodes.POP)
                .add(new LdcInsnNode(String.join("\n", calls)))
                .callStatic(Core.CALLEES, "of", "(Ljava/lang/String;)" + CALLEES)
                .op(Opcodes.DUP)
                .field(Opcodes.PUTSTATIC, className(), "$co$callees", CALLEES)
                .add(known)
                .add(frames.frame(List.of("java/lang/Object", Core.EXCHANGE, Opcodes.INTEGER), List.of(Core.CALLEES)))
                .var(Opcodes.ALOAD, 0)
                .var(Opcodes.ALOAD, 1)
                .var(Opcodes.ILOAD, 2)
                .callVirtual(Core.CALLEES, "announce", ANNOUNCE)
                .op(Opcodes.IRETURN);
        add("$co$announce", ANNOUNCE, code);
    }
}
