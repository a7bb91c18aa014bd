package io.corobridge.machine;

import org.jspecify.annotations.Nullable;

/** What a coroutine, a generator and an async generator tell alike of their body. */
abstract class BodyObject {
    final Machine machine;

    BodyObject(Machine machine) {
        this.machine = machine;
    }

    public final Machine machine() {
        return machine;
    }

    public final String name() {
        return machine.name();
    }

    public final String qualifiedName() {
        return Positions.qualifiedName(machine);
    }

    public final Class<?> code() {
        return machine.code();
    }

    public final @Nullable StackTraceElement frame() {
        return machine.position();
    }
}
