package io.corobridge.conformance;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.Generator;

/** How the bodies of a program are run. Another engine is one more constant here. */
enum Engine implements Bodies {
    /** As plain code, which is woven; in a run of the tests with {@code -Dcorobridge.engine=handoff} each on a thread of its own. */
    PLAIN {
        @Override
        Body body(World world, int k, Program.Body body) {
            return new PlainInterpreter(world, body);
        }
    },
    /** By hand-written frames. */
    FRAMES {
        @Override
        Body body(World world, int k, Program.Body body) {
            return new FrameInterpreter.Body(world, body);
        }
    },
    /** The one and the other in turn. */
    MIXED {
        @Override
        Body body(World world, int k, Program.Body body) {
            return (k % 2 == 0 ? FRAMES : PLAIN).body(world, k, body);
        }
    };

    /** A body of each kind at once; the kind of the program's body says which of the three is used. */
    interface Body {
        Coroutine.Body<Object> coroutine();

        Generator.Body<Object, Object, Object> generator();

        AsyncGenerator.Body<Object, Object> asyncGenerator();
    }

    abstract Body body(World world, int k, Program.Body body);

    @Override
    public Object make(World world, int k, Program.Body body) {
        return make(k, body.kind(), body(world, k, body));
    }

    static Object make(int k, Program.Kind kind, Body made) {
        String name = "b" + k;
        return switch (kind) {
            case GENERATOR -> Generator.of(name, made.generator());
            case COROUTINE -> Coroutine.of(name, made.coroutine());
            case ASYNC_GENERATOR -> AsyncGenerator.of(name, made.asyncGenerator());
        };
    }
}
