/** Corobridge for Kotlin: the place of the bridge between Corobridge's coroutines and Kotlin's. */
module io.corobridge.kotlin {
    requires transitive io.corobridge;
    requires transitive kotlinx.coroutines.core;
}
