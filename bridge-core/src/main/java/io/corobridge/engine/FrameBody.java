package io.corobridge.engine;

/**
 * A body that brings its own frames, and so needs no thread: implemented beside {@code Coroutine.Body}, {@code Generator.Body}
 * or {@code AsyncGenerator.Body} by what a code generator makes. The {@code run} of such a body is not called.
 */
public interface FrameBody {
    /**
     * Makes the frame of one run of this body.
     *
     * @return a new frame
     */
    Frame newFrame();
}
