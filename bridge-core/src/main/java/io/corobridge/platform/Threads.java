package io.corobridge.platform;

import java.util.concurrent.ThreadFactory;

/** Makes the library's own threads: daemons, which take no inheritable thread-locals along where that can be said. */
public final class Threads {
    private static final boolean CAN_REFUSE_LOCALS = Probe.hasConstructor(
            Thread.class, ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class);

    private Threads() {}

    /**
     * A factory of threads that have not been started.
     *
     * @param name the name of each
     * @return the factory
     */
    public static ThreadFactory daemons(String name) {
        return work -> daemon(name, work);
    }

    /**
     * Makes a thread and does not start it.
     *
     * @param name its name
     * @param work what it runs
     * @return the thread
     */
    public static Thread daemon(String name, Runnable work) {
        Thread thread = CAN_REFUSE_LOCALS ? Jdk.thread(name, work) : new Thread(null, work, name);
        thread.setDaemon(true);
        return thread;
    }

    @JdkOnly
    private static final class Jdk {
        static Thread thread(String name, Runnable work) {
            return new Thread(null, work, name, 0, false);
        }
    }
}
