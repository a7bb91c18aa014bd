/** Corobridge's build-time part: rewrites coroutine bodies so that they can suspend without holding a thread. */
module io.corobridge.weaver {
    requires org.objectweb.asm;
    requires org.objectweb.asm.commons;
    requires org.objectweb.asm.tree;
    requires org.objectweb.asm.tree.analysis;
    requires static org.jspecify;

    exports io.corobridge.weaver.transform;
}
