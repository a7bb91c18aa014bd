package io.corobridge.programs;

import io.corobridge.Coroutine;
import io.corobridge.Generator;

/** How the bodies of a program are run. */
enum Engine implements Bodies {
    /** As plain code, each on a thread of its own. */
    HANDOFF {
        @Override
        boolean usesFrames(int k) {
            return false;
        }
    },
    /** By hand-written frames. */
    FRAMES {
        @Override
        boolean usesFrames(int k) {
            return true;
        }
    },
    /** The one and the other in turn. */
    MIXED {
        @Override
        boolean usesFrames(int k) {
            return k % 2 == 0;
        }
    };

    abstract boolean usesFrames(int k);

    @Override
    public Object make(World world, int k, Program.Body body) {
        String name = "b" + k;
        if (body.isGenerator()) {
            return Generator.of(
                    name,
                    usesFrames(k)
                            ? new FrameInterpreter.GeneratorBody(world, body.block())
                            : new PlainInterpreter.GeneratorBody(world, body.block()));
        }
        return Coroutine.of(
                name,
                usesFrames(k)
                        ? new FrameInterpreter.CoroutineBody(world, body.block())
                        : new PlainInterpreter.CoroutineBody(world, body.block()));
    }
}
