/** Corobridge for Project Reactor: coroutines and async generators as Mono and Flux, and the other way round. */
module io.corobridge.reactor {
    requires transitive io.corobridge;
    requires transitive org.reactivestreams;
    requires transitive reactor.core;

    exports io.corobridge.reactor;
}
