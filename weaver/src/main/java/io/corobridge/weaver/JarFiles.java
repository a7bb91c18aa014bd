package io.corobridge.weaver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Rewrites the class files in a jar, and leaves the order, times and comments of its entries as they are. */
final class JarFiles {
    private record Entry(ZipEntry head, byte[] bytes) {}

    private JarFiles() {}

    /**
     * Rewrites the jar when a class file in it has changed.
     *
     * @return how many have
     */
    static int rewrite(Path jar, ClassFiles.Rewriter rewriter) throws IOException {
        int changed = 0;
        boolean isSigned = false;
        List<Entry> entries = new ArrayList<>();
        String comment;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            comment = zip.getComment();
            for (ZipEntry head : zip.stream().toList()) {
                byte[] before = read(zip, head);
                byte[] after = before;
                if (ClassFiles.isClass(head.getName())) {
                    after = rewriter.rewrite(jar + "!/" + head.getName(), before);
                    changed += after == before ? 0 : 1;
                }
                isSigned |= isSignature(head.getName());
                entries.add(new Entry(head, after));
            }
        }
        if (changed > 0) {
            if (isSigned) {
                throw new IOException(jar + " is signed: weave it before it is signed");
            }
            requireNothingBefore(jar);
            Files.write(jar, pack(entries, comment));
        }
        return changed;
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static boolean isSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/") && upper.indexOf('/', 9) < 0 && upper.endsWith(".SF");
    }

    /** An executable jar may begin with a script, whose offsets would be wrong afterwards. */
    private static void requireNothingBefore(Path jar) throws IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            if (in.read() != 'P' || in.read() != 'K') {
                throw new IOException(jar + " begins with something else than a jar: weave it before that is added");
            }
        }
    }

    private static byte[] pack(List<Entry> entries, @Nullable String comment) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setComment(comment);
            for (Entry entry : entries) {
                ZipEntry head = new ZipEntry(entry.head());
                head.setCompressedSize(-1);
                if (head.getMethod() == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(entry.bytes());
                    head.setCrc(crc.getValue());
                    head.setCompressedSize(entry.bytes().length);
                }
                head.setSize(entry.bytes().length);
                out.putNextEntry(head);
                out.write(entry.bytes());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
