package io.corobridge.reactor.spring;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Netty's leak detection on every buffer, with its reports kept instead of logged. */
final class LeakRecorder extends ResourceLeakDetectorFactory {
    final Queue<String> reports = new ConcurrentLinkedQueue<>();

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
        protected void reportTracedLeak(String resourceType, String records) {
            reports.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            reports.add(resourceType);
        }
    }
}
