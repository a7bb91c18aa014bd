/** Corobridge's build-time part: the place of the annotation processor that will make coroutine bodies resumable. */
module io.corobridge.weaver {
    requires static org.jspecify;
}
