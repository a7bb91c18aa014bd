package io.corobridge.weaver.transform;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

/**
 * Rewrites a class file so that each of its methods that is given a handle can suspend without a thread.
 *
 * <p>Thread-safe and reusable. Loads no class and reads no other; the same bytes give the same result.
 */
public final class ClassWeaver {
    /** Beyond, HotSpot does not compile a method. */
    private static final int COMPILED_CODE = 8_000;

    private static final int MAGIC = 0xCAFEBABE;

    private final WovenMethods known;
    private final boolean everything;

    /**
     * Makes one.
     *
     * @param known what is known of other classes
     */
    public ClassWeaver(WovenMethods known) {
        this(known, false);
    }

    private ClassWeaver(WovenMethods known, boolean everything) {
        this.known = known;
        this.everything = everything;
    }

    /**
     * For tests of the weaver on code that has no handles: every call in every method becomes a suspension point. The result is
     * to be verified, not run.
     *
     * @return a weaver that treats each method as if it were given a handle
     */
    public static ClassWeaver suspendingEverywhere() {
        return new ClassWeaver((owner, name, descriptor) -> WovenMethods.Answer.UNKNOWN, true);
    }

    /**
     * Weaves a class. One that is woven already, or that has nothing to weave, stays as it is.
     *
     * @param classFile the class file; not changed
     * @return the class file to use, and what in it cannot suspend without a thread
     * @throws IllegalArgumentException when this is no class file
     */
    public Woven weave(byte[] classFile) {
        if (classFile.length < 10
                || ((classFile[0] & 0xFF) << 24
                                | (classFile[1] & 0xFF) << 16
                                | (classFile[2] & 0xFF) << 8
                                | classFile[3] & 0xFF)
                        != MAGIC) {
            throw new IllegalArgumentException("not a class file");
        }
        if (!everything && !new String(classFile, StandardCharsets.ISO_8859_1).contains(Core.PREFIX)) {
            return unchanged(classFile, List.of());
        }
        int version = (classFile[6] & 0xFF) << 8 | classFile[7] & 0xFF;
        ClassReader reader;
        try {
            reader = new ClassReader(classFile);
        } catch (IllegalArgumentException newer) {
            return unchanged(classFile, List.of(versionFinding(className(classFile), version)));
        }
        if (version < Opcodes.V1_8) {
            return everything || !mentionsHandle(classFile)
                    ? unchanged(classFile, List.of())
                    : unchanged(classFile, List.of(versionFinding(reader.getClassName(), version)));
        }
        return weave(classFile, reader, List.of());
    }

    private Woven weave(byte[] classFile, ClassReader reader, List<String> tooLarge) {
        ClassNode node = new ClassNode();
        reader.accept(node, ClassReader.EXPAND_FRAMES);
        if (isMarked(node.visibleAnnotations)) {
            return unchanged(classFile, List.of());
        }
        ClassContext context = new ClassContext(node, known, everything);
        if (!new ClassPass(context, tooLarge).weave()) {
            return unchanged(classFile, context.findings);
        }
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        // ASM's own are for hostile classes: a method with jumps over 32,767 bytes passes them.
        writer.setComputeLimits(Integer.MAX_VALUE, Long.MAX_VALUE);
        try {
            node.accept(writer);
            byte[] woven = writer.toByteArray();
            reportLarge(context);
            return new Woven(woven, true, context.findings);
        } catch (MethodTooLargeException e) {
            List<String> more = new ArrayList<>(tooLarge);
            more.add(e.getMethodName() + e.getDescriptor());
            return weave(classFile, reader, more);
        } catch (ClassTooLargeException e) {
            return unchanged(
                    classFile,
                    List.of(new Finding(Finding.Kind.TOO_LARGE, node.name, "", "", 0, "too many constants")));
        }
    }

    private static void reportLarge(ClassContext context) {
        for (MethodPlan plan : context.plans.values()) {
            CodeSizeEvaluator size = new CodeSizeEvaluator(null);
            plan.method.accept(size);
            if (size.getMaxSize() > COMPILED_CODE) {
                context.found(
                        Finding.Kind.TOO_LARGE,
                        plan.method,
                        ClassPass.firstLine(plan.method),
                        size.getMaxSize() + " bytes");
            }
        }
    }

    private static Woven unchanged(byte[] classFile, List<Finding> findings) {
        return new Woven(classFile, false, findings);
    }

    private static Finding versionFinding(String className, int version) {
        return new Finding(Finding.Kind.UNKNOWN_CLASS_VERSION, className, "", "", 0, "class file version " + version);
    }

    private static boolean mentionsHandle(byte[] classFile) {
        return new String(classFile, StandardCharsets.ISO_8859_1).contains(Core.CO);
    }

    /** For a class file of a version that ASM does not read: newer versions have kept the place of the name. */
    private static String className(byte[] classFile) {
        byte[] older = classFile.clone();
        older[6] = 0;
        older[7] = Opcodes.V17;
        try {
            return new ClassReader(older).getClassName();
        } catch (RuntimeException unreadable) {
            return "";
        }
    }

    static boolean isMarked(@org.jspecify.annotations.Nullable List<AnnotationNode> annotations) {
        return annotations != null && annotations.stream().anyMatch(each -> each.desc.equals(Core.WOVEN));
    }
}
