package io.corobridge.weaver.javac;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/** The class files that the compiler has just written, to be read and written again. */
final class ClassOutput {
    private final Filer filer;
    private final Elements elements;
    private boolean isModular = true;

    ClassOutput(Filer filer, Elements elements) {
        this.filer = filer;
        this.elements = elements;
    }

    /** One class file. */
    interface ClassFile {
        /** Its bytes, or null when it can only be written. */
        byte @Nullable [] read() throws IOException;

        void write(byte[] bytes) throws IOException;
    }

    /**
     * The class file of a class.
     *
     * @param source where the class was written, for a compiler that puts class files beside it
     * @return the file, or null when the compiler has put it where it cannot be found
     */
    @Nullable
    ClassFile find(TypeElement type, @Nullable JavaFileObject source) throws IOException {
        String binaryName = elements.getBinaryName(type).toString();
        int dot = binaryName.lastIndexOf('.');
        String module = modulePrefix(type);
        String folder = module + binaryName.substring(0, Math.max(dot, 0));
        String fileName = binaryName.substring(dot + 1) + ".class";
        try {
            FileObject found = filer.getResource(StandardLocation.CLASS_OUTPUT, folder, fileName);
            Path path = pathOf(found.toUri());
            if (path == null) {
                return new StoredClassFile(found, folder, fileName, type);
            }
            if (!hasOutputDirectory(module)) {
                Path sourcePath = source == null ? null : pathOf(source.toUri());
                path = sourcePath == null ? path : sourcePath.resolveSibling(fileName);
            }
            return Files.exists(path) ? new ClassFileOnDisk(path) : null;
        } catch (FileNotFoundException | NoSuchFileException missing) {
            return null;
        }
    }

    /** Without -d, javac writes beside the sources, and the Filer forgets the package. */
    private boolean hasOutputDirectory(String module) throws IOException {
        FileObject probe = filer.getResource(StandardLocation.CLASS_OUTPUT, module + "some.folder", "Some.class");
        return probe.toUri().getPath().endsWith("some/folder/Some.class");
    }

    /** The module is to be named when several are compiled at once, and must not be otherwise. */
    private String modulePrefix(TypeElement type) throws IOException {
        ModuleElement module = elements.getModuleOf(type);
        if (module == null || module.isUnnamed() || !isModular) {
            return "";
        }
        String prefix = module.getQualifiedName() + "/";
        try {
            filer.getResource(StandardLocation.CLASS_OUTPUT, prefix, "Some.class");
            return prefix;
        } catch (FilerException oneModule) {
            isModular = false;
            return "";
        }
    }

    private static @Nullable Path pathOf(URI uri) {
        return "file".equals(uri.getScheme()) ? Path.of(uri) : null;
    }

    /** Written directly: the Filer would compare each file that it is asked for with all it was asked for before. */
    private record ClassFileOnDisk(Path path) implements ClassFile {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(path);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            Files.write(path, bytes);
        }
    }

    /** Kept by a file manager that is not one of files. */
    private final class StoredClassFile implements ClassFile {
        private final FileObject stored;
        private final String folder;
        private final String fileName;
        private final TypeElement type;

        StoredClassFile(FileObject stored, String folder, String fileName, TypeElement type) {
            this.stored = stored;
            this.folder = folder;
            this.fileName = fileName;
            this.type = type;
        }

        @Override
        public byte @Nullable [] read() throws IOException {
            try (InputStream in = stored.openInputStream()) {
                return in.readAllBytes();
            } catch (FileNotFoundException
                    | NoSuchFileException
                    | IllegalStateException
                    | UnsupportedOperationException writeOnly) {
                return null;
            }
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            FileObject again = filer.createResource(StandardLocation.CLASS_OUTPUT, folder, fileName, type);
            try (OutputStream out = again.openOutputStream()) {
                out.write(bytes);
            }
        }
    }
}
