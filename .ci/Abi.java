import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbrains.kotlin.abi.tools.AbiFilters;
import org.jetbrains.kotlin.abi.tools.AbiTools;

/**
 * Compares the binary interface of a module with the one on record, or records it. It is what the packages hold that the module
 * exports to all, as Kotlin's ABI tools print it; a module without a {@code module-info} has none.
 */
final class Abi {

    private static final String COMMAND = "./mvnw process-classes antrun:run@abi -Dabi=write";

    /** The module's directory of classes, the file with the record, and {@code write} to record. */
    public static void main(String... arguments) throws IOException {
        Path classes = Path.of(arguments[0]);
        Path record = Path.of(arguments[1]);
        boolean write = arguments[2].equals("write");
        if (!Files.exists(classes.resolve("module-info.class"))) {
            return;
        }
        String found = dump(classes);
        if (write) {
            Files.createDirectories(record.getParent());
            Files.writeString(record, found);
        } else if (!Files.exists(record)) {
            fail("There is no record of the binary interface. Write it, and commit it: " + COMMAND);
        } else if (!found.equals(Files.readString(record))) {
            fail("The binary interface is not the one on record. What is gone (-) breaks programs that are compiled already.\n"
                    + "When the change is meant, write the record anew and commit it too: " + COMMAND + "\n\n"
                    + difference(record, found));
        }
    }

    private static String dump(Path classes) throws IOException {
        Set<String> exported;
        try (InputStream module = Files.newInputStream(classes.resolve("module-info.class"))) {
            exported = ModuleDescriptor.read(module).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(export -> export.source().replace('.', File.separatorChar))
                    .collect(Collectors.toSet());
        }
        List<File> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(file -> file.toString().endsWith(".class"))
                    .filter(file ->
                            exported.contains(classes.relativize(file.getParent()).toString()))
                    .map(Path::toFile)
                    .sorted()
                    .toList();
        }
        StringBuilder dump = new StringBuilder();
        tools().printJvmDump(dump, files, AbiFilters.Companion.getEMPTY());
        return dump.toString();
    }

    private static String difference(Path record, String found) throws IOException {
        Path other = Files.createTempFile("found", ".api");
        try {
            Files.writeString(other, found);
            return tools().filesDiff(record.toFile(), other.toFile());
        } finally {
            Files.delete(other);
        }
    }

    private static AbiTools tools() {
        return AbiTools.Companion.getInstance(Abi.class.getClassLoader());
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }
}
