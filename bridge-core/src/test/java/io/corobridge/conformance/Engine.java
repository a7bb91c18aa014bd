package io.corobridge.conformance;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.Generator;

/** How the bodies of a program are run. Another engine is one more constant here. */
enum Engine {
    /** As plain code, each on a thread of its own. */
    HANDOFF {
        @Override
        Bodies bodies(int k) {
            return PlainInterpreter::new;
        }
    },
    /** By hand-written frames. */
    FRAMES {
        @Override
        Bodies bodies(int k) {
            return FrameInterpreter.Body::new;
        }
    },
    /** The one and the other in turn. */
    MIXED {
        @Override
        Bodies bodies(int k) {
            return k % 2 == 0 ? FrameInterpreter.Body::new : PlainInterpreter::new;
        }
    };

    /** Makes what runs one body, whatever its kind. */
    @FunctionalInterface
    interface Bodies {
        Body make(World world, Program.Body body);
    }

    /** A body of each kind at once; the kind of the program's body says which of the three is used. */
    interface Body {
        Coroutine.Body<Object> coroutine();

        Generator.Body<Object, Object, Object> generator();

        AsyncGenerator.Body<Object, Object> asyncGenerator();
    }

    abstract Bodies bodies(int k);

    final Object make(World world, int k, Program.Body body) {
        String name = "b" + k;
        Body made = bodies(k).make(world, body);
        return switch (body.kind()) {
            case GENERATOR -> Generator.of(name, made.generator());
            case COROUTINE -> Coroutine.of(name, made.coroutine());
            case ASYNC_GENERATOR -> AsyncGenerator.of(name, made.asyncGenerator());
        };
    }
}
