package io.corobridge.samples.webflux;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/** Whether this service is being stopped: a response without an end asks, for a graceful stop waits for all responses. */
@Component
class Shutdown implements ApplicationListener<ContextClosedEvent> {
    private final ApplicationContext context;

    /** Set by the thread that stops the service, read by those of requests. */
    private volatile boolean due;

    Shutdown(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) {
            due = true;
        }
    }

    boolean isDue() {
        return due;
    }
}
