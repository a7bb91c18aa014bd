package io.corobridge.testkit;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** Where the class files of a module are, and what its descriptor says: tests run on the class path. */
public final class Modules {
    private Modules() {}

    /** The jar or directory that a class is in. */
    public static Path locationOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The descriptor of the module that a class is in. */
    public static ModuleDescriptor descriptorOf(Class<?> type, String module) {
        return ModuleFinder.of(locationOf(type)).find(module).orElseThrow().descriptor();
    }

    /** The packages that the module of a class exports to everybody. */
    public static List<String> exportedWith(Class<?> type, String module) {
        return descriptorOf(type, module).exports().stream()
                .filter(each -> !each.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .toList();
    }
}
