package io.corobridge.weaving;

import io.corobridge.weaver.transform.ClassWeaver;
import io.corobridge.weaver.transform.Finding;
import io.corobridge.weaver.transform.Woven;
import io.corobridge.weaver.transform.WovenMethods;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java source, compiled in memory, woven or not, and loaded. */
final class WovenSource extends ClassLoader {
    private final Map<String, byte[]> classes = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private WovenSource() {
        super(WovenSource.class.getClassLoader());
    }

    /** As javac compiles it. */
    static WovenSource plain(String name, String source) {
        WovenSource loader = new WovenSource();
        loader.compile(name, source);
        return loader;
    }

    /** Compiled and woven. */
    static WovenSource woven(String name, String source) {
        WovenSource loader = plain(name, source);
        ClassWeaver weaver = new ClassWeaver((owner, method, descriptor) -> WovenMethods.Answer.UNKNOWN);
        loader.classes.replaceAll((key, bytes) -> {
            Woven woven = weaver.weave(bytes);
            loader.findings.addAll(woven.findings());
            return woven.bytes();
        });
        return loader;
    }

    List<Finding> findings() {
        return findings;
    }

    Map<String, byte[]> classes() {
        return classes;
    }

    /** Calls a static method without parameters. */
    Object call(String className, String method) throws Exception {
        return loadClass(className).getMethod(method).invoke(null);
    }

    private void compile(String name, String source) {
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        JavaFileManager files = new Memory(compiler.getStandardFileManager(null, null, null));
        List<String> options = List.of("-g", "-proc:none", "-classpath", System.getProperty("java.class.path"));
        if (!compiler.getTask(messages, files, null, options, null, List.of(file))
                .call()) {
            throw new AssertionError(messages.toString());
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        Memory(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(className, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
