package io.corobridge.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** A debugger sees the same variables in woven code as in plain Java, and each is where the table says. */
class LocalVariablesTest {
    private static final Map<String, byte[]> PLAIN = Sources.compile(Corpus.sources(), List.of("-g"));
    private static final Map<String, byte[]> WOVEN = Weaving.weave(PLAIN).classes();

    @Test
    void theSameVariablesAreVisibleAtEachCallOfTheProbe() {
        PLAIN.forEach((name, bytes) -> {
            Map<String, List<Set<String>>> expected = visible(bytes);
            Map<String, List<Set<String>>> actual = visible(WOVEN.get(name));
            actual.keySet().retainAll(expected.keySet());
            assertThat(actual).as(name).isEqualTo(expected);
        });
    }

    @Test
    void eachVariableHasAValueOfItsTypeWhereTheTableSaysItIs() throws AnalyzerException {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Map.Entry<String, byte[]> each : WOVEN.entrySet()) {
            ClassNode node = read(each.getValue());
            for (MethodNode method : node.methods) {
                Frame<BasicValue>[] frames = new Analyzer<>(new BasicInterpreter()).analyze(node.name, method);
                for (LocalVariableNode variable : variables(method)) {
                    checked++;
                    for (AbstractInsnNode insn = variable.start; insn != variable.end; insn = insn.getNext()) {
                        Frame<BasicValue> frame = frames[method.instructions.indexOf(insn)];
                        if (insn.getOpcode() >= 0 && frame != null && !fits(variable, frame)) {
                            wrong.add(each.getKey() + "." + method.name + ": " + variable.name + " at "
                                    + method.instructions.indexOf(insn));
                            break;
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(500);
    }

    private static boolean fits(LocalVariableNode variable, Frame<BasicValue> frame) {
        BasicValue value = frame.getLocal(variable.index);
        Type type = value.getType();
        int sort = Type.getType(variable.desc).getSort();
        if (sort >= Type.ARRAY) {
            return value.isReference();
        }
        return type != null && (sort <= Type.INT ? type.getSort() == Type.INT : type.getSort() == sort);
    }

    /** By method, the variables in sight at each call of the probe, in the order of the code. */
    private static Map<String, List<Set<String>>> visible(byte[] bytes) {
        Map<String, List<Set<String>>> visible = new TreeMap<>();
        for (MethodNode method : read(bytes).methods) {
            List<Set<String>> calls = visible.computeIfAbsent(method.name + method.desc, name -> new ArrayList<>());
            for (AbstractInsnNode insn : method.instructions) {
                if (insn instanceof MethodInsnNode call && call.owner.equals(Type.getInternalName(Probe.class))) {
                    calls.add(at(insn, method));
                }
            }
        }
        return visible;
    }

    private static Set<String> at(AbstractInsnNode insn, MethodNode method) {
        int index = method.instructions.indexOf(insn);
        Set<String> names = new TreeSet<>();
        for (LocalVariableNode variable : variables(method)) {
            if (method.instructions.indexOf(variable.start) <= index
                    && index < method.instructions.indexOf(variable.end)) {
                names.add(variable.name + " " + variable.desc);
            }
        }
        return names;
    }

    private static List<LocalVariableNode> variables(MethodNode method) {
        return method.localVariables == null ? List.of() : method.localVariables;
    }

    private static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.EXPAND_FRAMES);
        return node;
    }
}
