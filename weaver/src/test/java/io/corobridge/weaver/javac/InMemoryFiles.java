package io.corobridge.weaver.javac;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** A file manager that keeps class files in memory, and finds them there again. */
class InMemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> stored = new TreeMap<>();

    InMemoryFiles(JavaFileManager manager) {
        super(manager);
    }

    Map<String, byte[]> stored() {
        return stored;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) throws IOException {
        return new Stored(className.replace('.', '/') + kind.extension);
    }

    @Override
    public FileObject getFileForOutput(Location location, String folder, String name, FileObject sibling)
            throws IOException {
        return new Stored(pathOf(folder, name));
    }

    @Override
    public FileObject getFileForInput(Location location, String folder, String name) throws IOException {
        String path = pathOf(folder, name);
        if (!stored.containsKey(path)) {
            throw new FileNotFoundException(path);
        }
        return new Stored(path);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
        return a.toUri().equals(b.toUri());
    }

    private static String pathOf(String folder, String name) {
        return folder.isEmpty() ? name : folder.replace('.', '/') + "/" + name;
    }

    private final class Stored extends SimpleJavaFileObject {
        private final String path;

        Stored(String path) {
            super(URI.create("memory:///" + path.replace("$", "%24")), Kind.CLASS);
            this.path = path;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(stored.get(path));
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    stored.put(path, toByteArray());
                }
            };
        }
    }
}
