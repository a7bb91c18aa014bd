/**
 * Corobridge for Kotlin: bodies written in Kotlin, and coroutines, async generators and context managers as suspend functions,
 * Flow, Deferred and Job, both ways.
 */
module io.corobridge.kotlin {
    requires transitive io.corobridge;
    requires transitive kotlin.stdlib;
    requires transitive kotlinx.coroutines.core;
    requires static kotlinx.coroutines.reactor;
    requires static reactor.core;

    exports io.corobridge.kotlin;
}
