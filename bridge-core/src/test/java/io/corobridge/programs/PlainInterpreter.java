package io.corobridge.programs;

import io.corobridge.AwaitIterator;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import java.util.List;

/** Runs a body by plain Java calls, which suspend in the middle: the handoff engine. */
final class PlainInterpreter {
    /** What a block that ended by itself results in; anything else is what it returned. */
    private static final Object NOTHING = new Object();

    private final World world;
    private final Suspender suspender;

    private PlainInterpreter(World world, Suspender suspender) {
        this.world = world;
        this.suspender = suspender;
    }

    @FunctionalInterface
    private interface Suspender {
        Object suspend(Statement.Suspension at);
    }

    record GeneratorBody(World world, List<Statement> block) implements Generator.Body<Object, Object, Object> {
        @Override
        public Object run(GeneratorCo<Object, Object> co) throws Exception {
            return new PlainInterpreter(world, at -> suspend(co, at)).runBody(block);
        }

        @SuppressWarnings("unchecked")
        private Object suspend(GeneratorCo<Object, Object> co, Statement.Suspension at) {
            if (at instanceof Statement.Yield yield) {
                return co.yield(yield.n());
            }
            Object target = world.iterable(at);
            return target instanceof AwaitIterator<?> iterator
                    ? co.yieldFrom(iterator)
                    : co.yieldFrom((Generator<?, Object, ?>) target);
        }
    }

    record CoroutineBody(World world, List<Statement> block) implements Coroutine.Body<Object> {
        @Override
        public Object run(Co co) throws Exception {
            return new PlainInterpreter(world, at -> co.await(world.awaitable(at))).runBody(block);
        }
    }

    private Object runBody(List<Statement> block) throws Exception {
        Object returned = run(block);
        return returned == NOTHING ? null : returned;
    }

    private Object run(List<Statement> block) throws Exception {
        for (Statement statement : block) {
            Object returned = run(statement);
            if (returned != NOTHING) {
                return returned;
            }
        }
        return NOTHING;
    }

    private Object run(Statement statement) throws Exception {
        if (statement instanceof Statement.Suspension at) {
            world.got(at, suspender.suspend(at));
        } else if (statement instanceof Statement.Plain plain) {
            world.run(plain);
        } else if (statement instanceof Statement.Try attempt) {
            return run(attempt);
        } else if (statement instanceof Statement.Twice twice) {
            Object returned = run(twice.body());
            return returned != NOTHING ? returned : run(twice.body());
        } else if (statement instanceof Statement.Raise raise) {
            throw PlainInterpreter.<RuntimeException>raised(Names.make(raise.type(), raise.n()));
        } else if (statement instanceof Statement.Return end) {
            return end.n();
        }
        return NOTHING;
    }

    @SuppressWarnings("finally") // as in Python, a return in a finally takes the place of an exception
    private Object run(Statement.Try attempt) throws Exception {
        try {
            return runWithHandler(attempt);
        } finally {
            if (attempt.last() != null) {
                world.log("finally " + attempt.n());
                Object returned = run(attempt.last());
                if (returned != NOTHING) {
                    return returned;
                }
            }
        }
    }

    private Object runWithHandler(Statement.Try attempt) throws Exception {
        try {
            return run(attempt.body());
        } catch (Throwable e) {
            if (!Names.isCaught(e, attempt.classes())) {
                throw e;
            }
            world.caught(attempt.n(), e);
            Object returned = run(attempt.handler());
            if (returned == NOTHING && attempt.again()) {
                throw e;
            }
            return returned;
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X raised(Throwable error) throws X {
        throw (X) error;
    }
}
