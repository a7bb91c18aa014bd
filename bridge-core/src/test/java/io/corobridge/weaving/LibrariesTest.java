package io.corobridge.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.weaver.transform.ClassWeaver;
import io.corobridge.weaver.transform.Finding;
import io.corobridge.weaver.transform.Woven;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/**
 * Where every call of every method of a library can suspend, the JVM's verifier still accepts every class that it accepted before.
 */
@Tag("many-classes")
class LibrariesTest {
    /** What the weaver does not weave by its rules, rather than for want of knowing how. */
    private static final List<Finding.Kind> BY_RULE =
            List.of(Finding.Kind.SYNCHRONIZED_METHOD, Finding.Kind.SYNCHRONIZED_BLOCK, Finding.Kind.TOO_LARGE);

    private final Map<Finding.Kind, Integer> found = new EnumMap<>(Finding.Kind.class);
    private int methods;
    private int left;

    @ParameterizedTest
    @EnumSource
    void suspendsEverywhere(Libraries library) {
        Map<String, byte[]> plain = library.classes();
        Map<String, byte[]> woven = weave(plain);
        Map<String, byte[]> mixed = new TreeMap<>(plain);
        mixed.putAll(woven);

        Loader before = new Loader(plain);
        Loader after = new Loader(mixed);
        List<String> refused = new ArrayList<>();
        int verified = 0;
        int incomplete = 0;
        for (String name : woven.keySet()) {
            LinkageError expected = linkageError(before, name);
            LinkageError actual = linkageError(after, name);
            if (expected != null && actual != null && expected.toString().equals(actual.toString())) {
                // It needs what is not on the class path.
                incomplete++;
            } else if (actual != null) {
                refused.add(name + ": " + actual);
            } else {
                verified++;
            }
        }
        System.out.printf(
                "%s: %d of %d classes woven, %d verified, %d need what is absent, %d refused; %d of %d methods left alone; %s%n",
                library, woven.size(), plain.size(), verified, incomplete, refused.size(), left, methods, found);
        assertThat(refused).isEmpty();
        assertThat(found.keySet()).isSubsetOf(BY_RULE);
        assertThat(verified).as("classes verified").isGreaterThan(woven.size() * 9 / 10);
        assertThat(left).as("methods left alone").isLessThan(methods / 10);
    }

    @Test
    void whatTheVerifierRefusesIsNoticed() {
        ClassNode node = new ClassNode();
        node.visit(Opcodes.V17, 0, "Wrong", null, "java/lang/Object", null);
        MethodVisitor method = node.visitMethod(Opcodes.ACC_STATIC, "wrong", "()Ljava/lang/String;", null, null);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(1, 0);
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        assertThat(linkageError(new Loader(Map.of("Wrong", writer.toByteArray())), "Wrong"))
                .isInstanceOf(VerifyError.class);
    }

    private Map<String, byte[]> weave(Map<String, byte[]> classes) {
        ClassWeaver weaver = ClassWeaver.suspendingEverywhere();
        Map<String, byte[]> all = new TreeMap<>();
        classes.forEach((name, bytes) -> {
            Woven woven = weaver.weave(bytes);
            woven.findings().forEach(this::count);
            if (woven.changed()) {
                methods += methods(bytes);
                all.put(name, woven.bytes());
            }
        });
        return all;
    }

    private void count(Finding finding) {
        found.merge(finding.kind(), 1, Integer::sum);
        boolean isWoven =
                finding.kind() == Finding.Kind.TOO_LARGE && !finding.what().startsWith("more than");
        left += isWoven ? 0 : 1;
    }

    /** How many have code, but for those that the class itself begins with. */
    private static int methods(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return (int) node.methods.stream()
                .filter(method -> method.instructions.size() > 0 && !method.name.startsWith("<"))
                .count();
    }

    /**
     * Links a class, which verifies it, without running its initialiser: what reflection does first. The types of fields stay
     * as they were.
     */
    private static LinkageError linkageError(Loader loader, String name) {
        try {
            Class.forName(name, false, loader).getDeclaredFields();
            return null;
        } catch (LinkageError e) {
            return e;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
