package io.corobridge.weaving.fuzz;

/** The kinds of bodies, and what their handles can do. */
enum Handles {
    COROUTINE("Co", "Coroutine"),
    GENERATOR("GeneratorCo<Object, Object>", "Generator"),
    ASYNC_GENERATOR("AsyncGeneratorCo<Object, Object>", "AsyncGenerator");

    final String type;
    final String made;

    Handles(String type, String made) {
        this.type = type;
        this.made = made;
    }

    boolean awaits() {
        return this != GENERATOR;
    }

    boolean yields() {
        return this != COROUTINE;
    }
}
