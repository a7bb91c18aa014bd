package io.corobridge.weaver.transform;

import java.util.List;
import java.util.Objects;

/** Weaves one class file at a time. Thread-safe and reusable. */
public final class ClassWeaver {
    /**
     * A weaver.
     *
     * @param known answers for methods of other classes
     */
    public ClassWeaver(WovenMethods known) {
        Objects.requireNonNull(known);
    }

    /**
     * Weaves a class file.
     *
     * @param classFile what the compiler wrote
     * @return the same class with resumable methods
     * @throws IllegalArgumentException when it is not a class file
     */
    public Woven weave(byte[] classFile) {
        if (classFile.length < 8
                || classFile[0] != (byte) 0xCA
                || classFile[1] != (byte) 0xFE
                || classFile[2] != (byte) 0xBA
                || classFile[3] != (byte) 0xBE) {
            throw new IllegalArgumentException("not a class file");
        }
        return new Woven(classFile, false, List.of());
    }
}
