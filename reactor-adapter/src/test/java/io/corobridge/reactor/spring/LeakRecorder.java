package io.corobridge.reactor.spring;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Netty's leak detection on every buffer, with its reports kept instead of logged. A report says which test ran when its buffer was
 * allocated: what a test has left may be found in the middle of another one.
 */
final class LeakRecorder extends ResourceLeakDetectorFactory {
    final Queue<String> reports = new ConcurrentLinkedQueue<>();

    /** What reports of buffers that are allocated from now on say; volatile for Netty's threads. */
    volatile String test = "before any test that counts";

    @Override
    @Deprecated // by Netty, which calls it all the same
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
            Class<T> resource, int samplingInterval, long maxActive) {
        return new Detector<>(resource);
    }

    private final class Detector<T> extends ResourceLeakDetector<T> {
        Detector(Class<T> resource) {
            super(resource, 1);
        }

        @Override
        protected Object getInitialHint(String resourceType) {
            return test;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            reports.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            reports.add(resourceType);
        }
    }
}
