package io.corobridge.weaver.transform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The lambdas of a class: which of their methods are given a handle, and the mark on the objects made of them that says so.
 *
 * <p>A reference to a method that may not be woven, or whose result is converted, becomes a lambda that calls it.
 */
final class LambdaWeaver {
    private final ClassContext context;
    private final List<LambdaSite> sites = new ArrayList<>();
    private int references;

    LambdaWeaver(ClassContext context) {
        this.context = context;
    }

    /** Turns references into lambdas, and plans the methods of the lambdas that are given a handle. */
    void plan() {
        for (MethodNode method : List.copyOf(context.node.methods)) {
            for (AbstractInsnNode insn : method.instructions.toArray()) {
                if (insn instanceof InvokeDynamicInsnNode dynamic) {
                    LambdaSite site = LambdaSite.of(dynamic);
                    if (site != null && (site.isGivenHandle() || site.isBlock())) {
                        plan(site);
                    }
                }
            }
        }
    }

    private void plan(LambdaSite site) {
        if (!site.isLambdaOf(context.node.name)) {
            if (!site.isGivenHandle() || site.implementation().getTag() == Opcodes.H_NEWINVOKESPECIAL) {
                return;
            }
            LambdaSite lambda = LambdaSite.of(toLambda(site));
            if (lambda == null) {
                return;
            }
            site = lambda;
        }
        sites.add(site);
        if (site.handles() == 1) {
            Handle implementation = site.implementation();
            MethodNode method = context.method(implementation.getName(), implementation.getDesc());
            if (method != null) {
                context.plans.put(method.name + method.desc, new MethodPlan(method, site.ownSlot(), site.handleType()));
            }
        }
    }

    /** {@code f::apply} to {@code (co, x) -> f.apply(co, x)}, with the receiver evaluated where it was. */
    private InvokeDynamicInsnNode toLambda(LambdaSite site) {
        Handle target = site.implementation();
        List<Type> parameters = new ArrayList<>(List.of(site.captured()));
        parameters.addAll(List.of(site.parameters()));
        String name = "lambda$co$" + references++;
        String descriptor = Type.getMethodDescriptor(site.result(), parameters.toArray(new Type[0]));
        boolean isSpecial = target.getTag() == Opcodes.H_INVOKESPECIAL;
        int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;
        if (isSpecial) {
            parameters.remove(0);
            descriptor = Type.getMethodDescriptor(site.result(), parameters.toArray(new Type[0]));
            parameters.add(0, Type.getObjectType(context.node.name));
        } else {
            access |= Opcodes.ACC_STATIC;
        }
        MethodNode method = new MethodNode(access, name, descriptor, null, null);
        method.instructions.add(body(site, target, parameters));
        method.maxLocals = 0;
        for (Type parameter : parameters) {
            method.maxLocals += parameter.getSize();
        }
        method.maxStack = method.maxLocals + 2;
        context.node.methods.add(method);
        InvokeDynamicInsnNode insn = site.insn();
        insn.bsmArgs = insn.bsmArgs.clone();
        insn.bsmArgs[1] = new Handle(
                isSpecial ? Opcodes.H_INVOKESPECIAL : Opcodes.H_INVOKESTATIC,
                context.node.name,
                name,
                descriptor,
                context.isInterface());
        return insn;
    }

    private static org.objectweb.asm.tree.InsnList body(LambdaSite site, Handle target, List<Type> parameters) {
        List<Type> expected = new ArrayList<>(List.of(Type.getArgumentTypes(target.getDesc())));
        if (target.getTag() != Opcodes.H_INVOKESTATIC) {
            Type receiver = target.getTag() == Opcodes.H_INVOKESPECIAL
                    ? parameters.get(0)
                    : Type.getObjectType(target.getOwner());
            expected.add(0, receiver);
        }
        Bytecode code = new Bytecode();
        int slot = 0;
        for (int i = 0; i < parameters.size(); i++) {
            Type from = parameters.get(i);
            code.var(from.getOpcode(Opcodes.ILOAD), slot);
            slot += from.getSize();
            Conversions.convert(code, from, expected.get(i));
        }
        int opcode = switch (target.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            default -> Opcodes.INVOKESPECIAL;
        };
        code.add(new MethodInsnNode(
                opcode, target.getOwner(), target.getName(), target.getDesc(), target.isInterface()));
        Conversions.convert(code, Type.getReturnType(target.getDesc()), site.result());
        return code.op(site.result().getOpcode(Opcodes.IRETURN)).list;
    }

    /** Marks the objects whose code has turned out to be woven, or to need no handle. */
    void mark() {
        Set<InvokeDynamicInsnNode> marked = new HashSet<>();
        for (LambdaSite site : sites) {
            if (!marked.add(site.insn())) {
                continue;
            }
            Handle implementation = site.implementation();
            if (context.plan(implementation.getName(), implementation.getDesc()) != null) {
                site.mark(Core.WOVEN_LAMBDA);
            } else if (site.isBlock() && site.handles() == 0 && !capturesHolder(site)) {
                site.mark(Core.HANDLE_FREE_LAMBDA);
            }
        }
    }

    private static boolean capturesHolder(LambdaSite site) {
        for (Type captured : site.captured()) {
            if (captured.getSort() == Type.OBJECT && captured.getInternalName().equals(Core.EACH)) {
                return true;
            }
        }
        return false;
    }
}
