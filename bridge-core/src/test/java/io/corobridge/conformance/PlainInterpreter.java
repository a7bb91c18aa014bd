package io.corobridge.conformance;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorCo;
import io.corobridge.AwaitIterator;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import io.corobridge.Handle;
import io.corobridge.conformance.Statement.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a body by plain Java calls that suspend in the middle, as an application's code would: woven, or on a thread of its own.
 *
 * <p>Every method that suspends takes the handle, by the rule for code that can be woven.
 */
final class PlainInterpreter implements Engine.Body {
    /** How a block ended that did not just come to its end. */
    private record Ending(boolean returns, Object value) {}

    private static final Ending BREAK = new Ending(false, null);

    private final World world;
    private final Program.Body body;

    /** What the handlers caught, by the number of their statement. */
    private final Map<Integer, Throwable> handled = new HashMap<>();

    PlainInterpreter(World world, Program.Body body) {
        this.world = world;
        this.body = body;
    }

    @Override
    public Coroutine.Body<Object> coroutine() {
        return co -> result(run(co, body.block()));
    }

    @Override
    public Generator.Body<Object, Object, Object> generator() {
        return co -> result(run(co, body.block()));
    }

    @Override
    public AsyncGenerator.Body<Object, Object> asyncGenerator() {
        return co -> run(co, body.block());
    }

    private static Object result(Ending ending) {
        return ending == null ? null : ending.value();
    }

    private Ending run(Handle co, List<Statement> block) throws Exception {
        for (Statement statement : block) {
            Ending ending = run(co, statement);
            if (ending != null) {
                return ending;
            }
        }
        return null;
    }

    private Ending run(Handle co, Statement statement) throws Exception {
        if (statement instanceof Statement.Yield yield) {
            world.got(yield.n(), yields(co, yield.n()));
        } else if (statement instanceof Statement.Await await) {
            world.got(await.n(), await(co, await.source()));
        } else if (statement instanceof Statement.Loop loop) {
            return run((Co) co, loop);
        } else if (statement instanceof Statement.With with) {
            return run((Co) co, with);
        } else if (statement instanceof Statement.Try attempt) {
            return run(co, attempt);
        } else if (statement instanceof Statement.Twice twice) {
            return run(co, twice);
        } else if (statement instanceof Statement.Raise raise) {
            throw Names.<RuntimeException>raised(Names.make(raise.type(), raise.n(), handled(raise.from())));
        } else if (statement instanceof Statement.Return end) {
            return new Ending(true, body.kind() == Program.Kind.ASYNC_GENERATOR ? null : end.n());
        } else if (statement instanceof Statement.Break) {
            return BREAK;
        } else if (statement instanceof Statement.Do step) {
            world.take(step.step());
        } else if (statement instanceof Statement.States states) {
            world.log(states.n() + " " + world.states());
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static Object yields(Handle co, int n) {
        return co instanceof GeneratorCo<?, ?> generator
                ? ((GeneratorCo<Object, Object>) generator).yield(n)
                : ((AsyncGeneratorCo<Object, Object>) co).yield(n);
    }

    private Object await(Handle co, Source source) {
        world.awaits(body.kind(), source);
        return co instanceof GeneratorCo<?, ?> generator
                ? yieldFrom(generator, world.iterable(source))
                : ((Co) co).await(world.awaitable(source));
    }

    @SuppressWarnings("unchecked")
    private static Object yieldFrom(GeneratorCo<?, ?> handle, Object target) {
        GeneratorCo<Object, Object> co = (GeneratorCo<Object, Object>) handle;
        if (target instanceof AwaitIterator<?> iterator) {
            return co.yieldFrom(iterator);
        }
        if (target instanceof Generator<?, ?, ?> generator) {
            return co.yieldFrom((Generator<?, Object, ?>) generator);
        }
        co.yieldFrom((Iterable<?>) target);
        return null;
    }

    private Ending run(Co co, Statement.Loop loop) throws Exception {
        for (Object item : co.each(world.items(loop.items()))) {
            world.log(loop.n() + " " + Names.shown(item));
            Ending ending = run(co, loop.body());
            if (ending != null) {
                return ending == BREAK ? null : ending;
            }
        }
        return null;
    }

    private Ending run(Co co, Statement.With with) {
        return co.with(world.manager(with.manager()), value -> {
            world.log(with.n() + " with " + (with.manager().isShown() ? value : "it"));
            return run(co, with.body());
        });
    }

    private Ending run(Handle co, Statement.Twice twice) throws Exception {
        for (int i = 0; i < 2; i++) {
            Ending ending = run(co, twice.body());
            if (ending != null) {
                return ending == BREAK ? null : ending;
            }
        }
        return null;
    }

    @SuppressWarnings("finally") // as in Python, a return in a finally takes the place of an exception
    private Ending run(Handle co, Statement.Try attempt) throws Exception {
        try {
            return runWithHandler(co, attempt);
        } finally {
            if (attempt.last() != null) {
                world.log(attempt.n() + " fin");
                Ending ending = run(co, attempt.last());
                if (ending != null) {
                    return ending;
                }
            }
        }
    }

    private Ending runWithHandler(Handle co, Statement.Try attempt) throws Exception {
        try {
            return run(co, attempt.body());
        } catch (Throwable e) {
            if (!Names.isCaught(e, attempt.classes())) {
                throw e;
            }
            world.caught(attempt.n(), e);
            handled.put(attempt.n(), e);
            Ending ending = run(co, attempt.handler());
            if (ending == null && attempt.again()) {
                throw e;
            }
            return ending;
        }
    }

    private Throwable handled(int n) {
        return n == 0 ? null : handled.get(n);
    }
}
