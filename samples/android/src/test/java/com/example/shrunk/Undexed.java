package com.example.shrunk;

import com.googlecode.d2j.dex.Dex2jar;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What was made for a device, as class files again, so that it can be run here. A JVM runs them without its verifier only: they have no
 * frames.
 */
final class Undexed {
    private final Map<String, byte[]> classes = new TreeMap<>();
    private final Set<String> interfaces = new HashSet<>();

    private Undexed(Path translated) throws IOException {
        try (ZipFile zip = new ZipFile(translated.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.isDirectory()) {
                    continue;
                }
                byte[] code = zip.getInputStream(entry).readAllBytes();
                classes.put(entry.getName(), code);
                ClassReader reader = new ClassReader(code);
                if ((reader.getAccess() & Opcodes.ACC_INTERFACE) != 0) {
                    interfaces.add(reader.getClassName());
                }
            }
        }
    }

    /** Makes a jar of a dex file. */
    static Path jar(Path dex, Path directory) throws IOException {
        Path translated = directory.resolve("translated.jar");
        Dex2jar.from(Files.readAllBytes(dex)).to(translated);
        Path jar = directory.resolve("undexed.jar");
        new Undexed(translated).writeTo(Files.newOutputStream(jar));
        return jar;
    }

    private void writeTo(OutputStream file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
                ClassWriter writer = new ClassWriter(0);
                new ClassReader(entry.getValue()).accept(new InterfaceCalls(writer), 0);
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(writer.toByteArray());
                zip.closeEntry();
            }
        }
    }

    /** Dex does not say of a static call whether it goes to an interface; class files have to. */
    private final class InterfaceCalls extends ClassVisitor {
        InterfaceCalls(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(api, super.visitMethod(access, name, descriptor, signature, exceptions)) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean known) {
                    super.visitMethodInsn(opcode, owner, name, descriptor, known || isInterface(owner));
                }
            };
        }
    }

    private boolean isInterface(String name) {
        if (!name.startsWith("java/")) {
            return interfaces.contains(name);
        }
        try {
            return Class.forName(name.replace('/', '.')).isInterface();
        } catch (ClassNotFoundException onDevicesOnly) {
            return false;
        }
    }
}
