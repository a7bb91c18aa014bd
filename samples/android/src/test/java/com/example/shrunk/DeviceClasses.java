package com.example.shrunk;

import com.android.tools.r8.ClassFileResourceProvider;
import com.android.tools.r8.JdkClassFileProvider;
import com.android.tools.r8.ProgramResource;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Java's own classes, which Robolectric's Android leaves to the JDK, without those that the library looks for and devices lack. */
final class DeviceClasses implements ClassFileResourceProvider {
    private static final Set<String> LACKING =
            Set.of("Ljava/lang/ClassValue;", "Ljava/lang/System$Logger;", "Ljava/lang/System$Logger$Level;");

    private final ClassFileResourceProvider jdk;

    DeviceClasses() throws IOException {
        jdk = JdkClassFileProvider.fromSystemJdk();
    }

    @Override
    public Set<String> getClassDescriptors() {
        return jdk.getClassDescriptors().stream()
                .filter(descriptor -> !LACKING.contains(descriptor))
                .collect(Collectors.toSet());
    }

    @Override
    public @Nullable ProgramResource getProgramResource(String descriptor) {
        return LACKING.contains(descriptor) ? null : jdk.getProgramResource(descriptor);
    }

    @Override
    public void getProgramResources(Consumer<ProgramResource> consumer) {
        jdk.getProgramResources(resource -> {
            if (Collections.disjoint(LACKING, resource.getClassDescriptors())) {
                consumer.accept(resource);
            }
        });
    }
}
