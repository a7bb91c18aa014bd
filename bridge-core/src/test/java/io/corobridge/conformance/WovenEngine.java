package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.weaver.transform.ClassWeaver;
import io.corobridge.weaver.transform.Woven;
import io.corobridge.weaver.transform.WovenMethods;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Runs bodies by the plain interpreter, woven: the same class under another name, so that both are there. */
final class WovenEngine implements Bodies {
    private static final String PLAIN = PlainInterpreter.class.getName().replace('.', '/');
    private static final String RENAMED = PLAIN.replace("Plain", "Woven");

    static final Bodies WOVEN = new WovenEngine();

    /** Woven bodies and such on threads in turn. */
    static final Bodies WOVEN_AND_HANDOFF =
            (world, k, body) -> (k % 2 == 0 ? WOVEN : Engine.HANDOFF).make(world, k, body);

    private final Constructor<?> interpreter;

    private WovenEngine() {
        try {
            define(PLAIN + "$Ending");
            interpreter = define(PLAIN).getDeclaredConstructor(World.class, Program.Body.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> define(String name) throws IllegalAccessException {
        try (InputStream file = WovenEngine.class.getResourceAsStream("/" + name + ".class")) {
            ClassWriter renamed = new ClassWriter(0);
            new ClassReader(file).accept(new ClassRemapper(renamed, new Renaming()), 0);
            Woven woven = new ClassWeaver((owner, method, descriptor) -> WovenMethods.Answer.UNKNOWN)
                    .weave(renamed.toByteArray());
            assertThat(woven.findings()).isEmpty();
            return MethodHandles.lookup().defineClass(woven.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Renaming extends Remapper {
        Renaming() {
            super(Opcodes.ASM9);
        }

        @Override
        public String map(String name) {
            return name.startsWith(PLAIN) ? RENAMED + name.substring(PLAIN.length()) : name;
        }
    }

    @Override
    public Object make(World world, int k, Program.Body body) {
        try {
            return Engine.make(k, body.kind(), (Engine.Body) interpreter.newInstance(world, body));
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
