package io.corobridge.machine;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorCo;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import io.corobridge.TypeError;
import io.corobridge.ValueError;
import org.jspecify.annotations.Nullable;

/** The three kinds of body, with what is different in how they are called and in CPython's messages. */
public enum Kind {
    /** Yields to whoever steps it. */
    GENERATOR("generator", "io/corobridge/Generator$Body.run(Lio/corobridge/GeneratorCo;)Ljava/lang/Object;") {
        @Override
        @SuppressWarnings("unchecked")
        @Nullable
        Object call(Object body, Machine handle) throws Exception {
            return ((Generator.Body<Object, Object, ?>) body).run((GeneratorCo<Object, Object>) handle);
        }
    },
    /** Awaits. */
    COROUTINE("coroutine", "io/corobridge/Coroutine$Body.run(Lio/corobridge/Co;)Ljava/lang/Object;") {
        @Override
        @Nullable
        Object call(Object body, Machine handle) throws Exception {
            return ((Coroutine.Body<?>) body).run((Co) handle);
        }
    },
    /** Awaits, and yields to whoever awaits its steps. */
    ASYNC_GENERATOR("async generator", "io/corobridge/AsyncGenerator$Body.run(Lio/corobridge/AsyncGeneratorCo;)V") {
        @Override
        @SuppressWarnings("unchecked")
        @Nullable
        Object call(Object body, Machine handle) throws Exception {
            ((AsyncGenerator.Body<Object, Object>) body).run((AsyncGeneratorCo<Object, Object>) handle);
            return null;
        }
    };

    private final String words;
    private final String run;

    Kind(String words, String run) {
        this.words = words;
        this.run = run;
    }

    /** Whether a body of this kind suspends by frames. */
    boolean isWoven(Object body) {
        return Machine.isWovenBody(body, run);
    }

    /** Runs a body of this kind as a plain call. */
    abstract @Nullable Object call(Object body, Machine handle) throws Exception;

    String words() {
        return words;
    }

    ValueError alreadyExecuting() {
        return new ValueError(words + " already executing");
    }

    TypeError justStarted() {
        return new TypeError("can't send non-None value to a just-started " + words);
    }

    RuntimeError ignoredExit() {
        return new RuntimeError(words + " ignored GeneratorExit");
    }

    /** PEP 479 (A17, B09, D06): a stop signal that escapes a body must not look like the body's own end. */
    Throwable escaping(Throwable error) {
        if (error instanceof StopIteration) {
            return new RuntimeError(words + " raised StopIteration", error);
        }
        if (this == ASYNC_GENERATOR && error instanceof StopAsyncIteration) {
            return new RuntimeError("async generator raised StopAsyncIteration", error);
        }
        return error;
    }
}
