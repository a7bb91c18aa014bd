/** Corobridge for Project Reactor: coroutines and async generators as Mono and Flux, and the other way round. */
module io.corobridge.reactor {
    requires transitive io.corobridge;
    requires transitive org.reactivestreams;
    requires transitive reactor.core;
    requires static transitive spring.beans;
    requires static transitive spring.context;
    requires static transitive spring.core;
    requires static transitive spring.web;
    requires static transitive spring.webflux;
    requires static context.propagation;
    requires static reactor.blockhound;

    provides io.corobridge.streams.PublisherSupport with
            io.corobridge.reactor.Awaits;
    provides reactor.blockhound.integration.BlockHoundIntegration with
            io.corobridge.reactor.CoBlockHound;

    exports io.corobridge.reactor;
    exports io.corobridge.reactor.spring;
}
