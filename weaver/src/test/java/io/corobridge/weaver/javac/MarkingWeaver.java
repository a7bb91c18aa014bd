package io.corobridge.weaver.javac;

import io.corobridge.weaver.transform.Finding;
import io.corobridge.weaver.transform.Woven;
import io.corobridge.weaver.transform.WovenMethods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Stands for the transformation: puts a mark on each class, finds what a call to {@code trouble.Trouble.KIND(..)} names, and asks about
 * each static call that passes a handle.
 */
final class MarkingWeaver implements Function<byte[], Woven> {
    static final String MARK = "Lio/corobridge/engine/Woven;";

    final Map<String, WovenMethods.Answer> answers = new HashMap<>();
    private WovenMethods known = (owner, name, descriptor) -> WovenMethods.Answer.UNKNOWN;

    /** As the processor wants it. */
    Function<byte[], Woven> with(WovenMethods methods) {
        known = methods;
        return this;
    }

    @Override
    public Woven apply(byte[] classFile) {
        List<Finding> findings = new ArrayList<>();
        AtomicBoolean wasMarked = new AtomicBoolean();
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Marker(writer, reader.getClassName(), findings, wasMarked), 0);
        return wasMarked.get()
                ? new Woven(classFile, false, List.of())
                : new Woven(writer.toByteArray(), true, findings);
    }

    static boolean isMarked(byte[] classFile) {
        AtomicBoolean marked = new AtomicBoolean();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                                marked.compareAndSet(false, descriptor.equals(MARK));
                                return null;
                            }
                        },
                        0);
        return marked.get();
    }

    private final class Marker extends ClassVisitor {
        private final String className;
        private final List<Finding> findings;
        private final AtomicBoolean wasMarked;

        Marker(ClassVisitor next, String className, List<Finding> findings, AtomicBoolean wasMarked) {
            super(Opcodes.ASM9, next);
            this.className = className;
            this.findings = findings;
            this.wasMarked = wasMarked;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            super.visit(version, access, name, signature, parent, interfaces);
            super.visitAnnotation(MARK, true).visitEnd();
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            if (descriptor.equals(MARK)) {
                wasMarked.set(true);
            }
            return super.visitAnnotation(descriptor, visible);
        }

        @Override
        public MethodVisitor visitMethod(int access, String method, String type, String signature, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, method, type, signature, thrown);
            if (type.contains("Lio/corobridge/Co;")
                    && (access & (Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_ABSTRACT)) == 0) {
                next.visitAnnotation(MARK, true).visitEnd();
            }
            return new MethodVisitor(Opcodes.ASM9, next) {
                private int line;

                @Override
                public void visitLineNumber(int number, Label start) {
                    line = number;
                    super.visitLineNumber(number, start);
                }

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String name, String descriptor, boolean ofInterface) {
                    super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
                    if (owner.equals("trouble/Trouble")) {
                        Finding.Kind kind = Finding.Kind.valueOf(name);
                        findings.add(new Finding(kind, className, method, type, line, "Trouble." + name));
                    } else if (opcode == Opcodes.INVOKESTATIC && descriptor.contains("Lio/corobridge/Co;")) {
                        answers.put(owner + "." + name, known.isWoven(owner, name, descriptor));
                    }
                }
            };
        }
    }
}
