package io.corobridge.conformance;

import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.FrameBody;
import io.corobridge.engine.Frames;

/** The generator {@code return (yield value)} as a frame: what a coroutine awaits to yield a value. */
record Once(Object value) implements Generator.Body<Object, Object, Object>, FrameBody {
    @Override
    public Object run(GeneratorCo<Object, Object> co) {
        throw new AssertionError("runs as a frame");
    }

    @Override
    public Frame newFrame() {
        return new Frame() {
            private boolean yielded;

            @Override
            protected Object resume(Exchange exchange, Object sent, Throwable error) throws Throwable {
                if (error != null) {
                    throw error;
                }
                if (!yielded) {
                    yielded = true;
                    Frames.yields(exchange, value);
                }
                return sent;
            }
        };
    }
}
