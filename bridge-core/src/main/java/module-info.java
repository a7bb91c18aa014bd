/**
 * Python's coroutine objects for Java: coroutines, generators, async generators and async context managers, the driver
 * that runs them, and their way to and from Reactive Streams.
 */
module io.corobridge {
    requires transitive org.reactivestreams;
    requires transitive static org.jspecify;
    requires static jdk.jfr;

    uses io.corobridge.streams.PublisherSupport;

    exports io.corobridge;
    exports io.corobridge.asyncio;
    exports io.corobridge.drive;
    exports io.corobridge.engine;
    exports io.corobridge.sight;
    exports io.corobridge.streams;
    exports io.corobridge.testing;
}
