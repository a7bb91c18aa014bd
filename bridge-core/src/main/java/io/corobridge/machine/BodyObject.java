package io.corobridge.machine;

import org.jspecify.annotations.Nullable;

/** What a coroutine, a generator and an async generator tell alike of their body. */
abstract class BodyObject {
    final Machine machine;

    BodyObject(Machine machine) {
        this.machine = machine;
    }

    public String name() {
        return machine.name();
    }

    public String qualifiedName() {
        return Positions.qualifiedName(machine);
    }

    public Class<?> code() {
        return machine.code();
    }

    public @Nullable StackTraceElement frame() {
        return machine.position();
    }
}
