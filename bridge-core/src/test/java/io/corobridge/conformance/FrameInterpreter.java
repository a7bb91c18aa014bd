package io.corobridge.conformance;

import io.corobridge.AsyncContextManager;
import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorCo;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.FrameSupport;
import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import io.corobridge.StopAsyncIteration;
import io.corobridge.TypeError;
import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.FrameBody;
import io.corobridge.engine.Frames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a body as a frame that keeps its place in a stack of its own, and so can suspend without a thread.
 *
 * <p>{@code async for} and {@code async with} are written out here once more, by the same rules as in {@code Co}.
 */
final class FrameInterpreter extends Frame {
    private final World world;
    private final Program.Kind kind;
    private final Deque<Position> stack = new ArrayDeque<>();
    private final Map<Integer, Throwable> handled = new HashMap<>();
    private Exchange exchange;
    private boolean begun;
    private boolean suspended;

    private FrameInterpreter(World world, Program.Body body) {
        this.world = world;
        this.kind = body.kind();
        stack.push(new Block(body.block()));
    }

    /** A body that runs as a frame. */
    record Body(World world, Program.Body body)
            implements Engine.Body,
                    FrameBody,
                    Coroutine.Body<Object>,
                    Generator.Body<Object, Object, Object>,
                    AsyncGenerator.Body<Object, Object> {
        @Override
        public Object run(Co co) {
            throw new AssertionError("runs as a frame");
        }

        @Override
        public Object run(GeneratorCo<Object, Object> co) {
            throw new AssertionError("runs as a frame");
        }

        @Override
        public void run(AsyncGeneratorCo<Object, Object> co) {
            throw new AssertionError("runs as a frame");
        }

        @Override
        public Coroutine.Body<Object> coroutine() {
            return this;
        }

        @Override
        public Generator.Body<Object, Object, Object> generator() {
            return this;
        }

        @Override
        public AsyncGenerator.Body<Object, Object> asyncGenerator() {
            return this;
        }

        @Override
        public Frame newFrame() {
            return new FrameInterpreter(world, body);
        }
    }

    /** How a statement or block ended, unless it just came to its end: that is null. */
    private record Ending(Object value, Throwable error) {}

    private static final Ending GOES_ON = new Ending(null, null);
    private static final Ending BREAK = new Ending(null, null);

    /** A place in a statement that has statements inside. Whatever a method throws is how the statement ends. */
    private interface Position {
        /** What is inside, if anything, has come to its end: goes on. Returns how it ended, or {@link #GOES_ON}. */
        Ending advance() throws Throwable;

        /** What is inside has ended otherwise. */
        default Ending broken(Ending how) throws Throwable {
            return how;
        }

        /** What this statement itself suspended on has ended. */
        default Ending resumed(Object value, Throwable error) throws Throwable {
            throw new AssertionError("does not suspend");
        }
    }

    @Override
    protected Object resume(Exchange theExchange, Object value, Throwable error) throws Throwable {
        exchange = theExchange;
        Ending ending = GOES_ON;
        suspended = false;
        if (begun) {
            Position at = stack.peek();
            ending = attempt(() -> at.resumed(value, error));
        }
        begun = true;
        boolean fresh = ending != GOES_ON;
        while (!stack.isEmpty()) {
            Position top = stack.peek();
            if (!fresh) {
                Ending inner = ending;
                ending = attempt(() -> inner == GOES_ON || inner == null ? top.advance() : top.broken(inner));
            }
            fresh = false;
            if (suspended) {
                return null;
            }
            if (ending != GOES_ON) {
                stack.pop();
            }
        }
        if (ending == null) {
            return null;
        }
        if (ending.error() != null) {
            throw ending.error();
        }
        return ending.value();
    }

    private interface Part {
        Ending run() throws Throwable;
    }

    private Ending attempt(Part part) {
        try {
            return part.run();
        } catch (Throwable e) {
            return new Ending(null, e);
        }
    }

    /** What is ready does not suspend. */
    private Ending awaits(Awaitable<?> awaitable) throws Throwable {
        Object known = FrameSupport.await((Co) exchange, awaitable);
        suspended = Frames.isSuspending(exchange);
        return suspended ? GOES_ON : stack.peek().resumed(known, null);
    }

    private Ending awaits(Statement.Source source) throws Throwable {
        world.awaits(kind, source);
        if (kind != Program.Kind.GENERATOR) {
            return awaits(world.awaitable(source));
        }
        Object target = world.iterable(source);
        if (target == null) {
            throw new TypeError("'NoneType' object is not iterable");
        }
        boolean isIterable = target instanceof Iterable<?> && !(target instanceof Generator<?, ?, ?>);
        target = isIterable ? ((Iterable<?>) target).iterator() : target;
        if (target == null) {
            throw new TypeError("iter() returned non-iterator of type 'NoneType'");
        }
        suspended = true;
        Frames.delegates(exchange, target);
        return GOES_ON;
    }

    /** Statements one after another. */
    private final class Block implements Position {
        private final List<Statement> statements;
        private int next;
        private int suspendedAt;

        Block(List<Statement> statements) {
            this.statements = statements;
        }

        @Override
        public Ending advance() throws Throwable {
            return next == statements.size() ? null : begin(statements.get(next++));
        }

        @Override
        public Ending resumed(Object value, Throwable error) throws Throwable {
            if (error != null) {
                throw error;
            }
            world.got(suspendedAt, value);
            return GOES_ON;
        }

        private Ending begin(Statement statement) throws Throwable {
            if (statement instanceof Statement.Yield yield) {
                suspendedAt = yield.n();
                suspended = true;
                Frames.yields(exchange, yield.n());
            } else if (statement instanceof Statement.Await await) {
                suspendedAt = await.n();
                return awaits(await.source());
            } else if (statement instanceof Statement.Loop loop) {
                stack.push(new Loop(loop));
            } else if (statement instanceof Statement.With with) {
                stack.push(new With(with));
            } else if (statement instanceof Statement.Try attempt) {
                stack.push(new Attempt(attempt));
            } else if (statement instanceof Statement.Twice twice) {
                stack.push(new Twice(twice.body()));
            } else if (statement instanceof Statement.Raise raise) {
                Throwable cause = raise.from() == 0 ? null : handled.get(raise.from());
                return new Ending(null, Names.make(raise.type(), raise.n(), cause));
            } else if (statement instanceof Statement.Return end) {
                return new Ending(kind == Program.Kind.ASYNC_GENERATOR ? null : end.n(), null);
            } else if (statement instanceof Statement.Break) {
                return BREAK;
            } else if (statement instanceof Statement.Do step) {
                world.take(step.step());
            } else if (statement instanceof Statement.States states) {
                world.log(states.n() + " " + world.states());
            }
            return GOES_ON;
        }
    }

    private final class Twice implements Position {
        private final List<Statement> body;
        private int left = 2;

        Twice(List<Statement> body) {
            this.body = body;
        }

        @Override
        public Ending advance() {
            if (left-- == 0) {
                return null;
            }
            stack.push(new Block(body));
            return GOES_ON;
        }

        @Override
        public Ending broken(Ending how) {
            return how == BREAK ? null : how;
        }
    }

    private final class Loop implements Position {
        private final Statement.Loop loop;
        private AsyncIterator<?> source;

        Loop(Statement.Loop loop) {
            this.loop = loop;
        }

        @Override
        public Ending advance() throws Throwable {
            if (source == null) {
                source = world.items(loop.items()).aiter();
            }
            if (source == null) {
                throw new TypeError(
                        "'async for' received an object from __aiter__ that does not implement __anext__: NoneType");
            }
            Awaitable<?> step;
            try {
                step = source.anext();
            } catch (StopAsyncIteration end) {
                return null;
            }
            if (step == null) {
                throw new TypeError(
                        "'async for' received an invalid object from __anext__: NoneType",
                        new TypeError("object NoneType can't be used in 'await' expression"));
            }
            return awaits(step);
        }

        @Override
        public Ending resumed(Object value, Throwable error) throws Throwable {
            if (error instanceof StopAsyncIteration) {
                return null;
            }
            if (error != null) {
                throw error;
            }
            world.log(loop.n() + " " + Names.shown(value));
            stack.push(new Block(loop.body()));
            return GOES_ON;
        }

        @Override
        public Ending broken(Ending how) {
            if (how == BREAK) {
                world.note("break");
                return null;
            }
            return how;
        }
    }

    private final class With implements Position {
        private final Statement.With with;
        private final AsyncContextManager<?> manager;
        private boolean entered;
        private boolean leaving;

        /** How the block ended. */
        private Ending ended;

        With(Statement.With with) {
            this.with = with;
            this.manager = world.manager(with.manager());
        }

        @Override
        public Ending advance() throws Throwable {
            return entered ? leave(null) : awaits(required(manager.aenter(), "__aenter__"));
        }

        @Override
        public Ending broken(Ending how) throws Throwable {
            return leave(how);
        }

        private Ending leave(Ending how) throws Throwable {
            ended = how;
            leaving = true;
            long depth = stack.stream().filter(With.class::isInstance).count();
            world.note("leave " + depth);
            return awaits(required(manager.aexit(how == null ? null : how.error()), "__aexit__"));
        }

        private Awaitable<?> required(Awaitable<?> awaitable, String method) {
            if (awaitable == null) {
                throw new TypeError("'async with' received an object from " + method
                        + " that does not implement __await__: NoneType");
            }
            return awaitable;
        }

        @Override
        public Ending resumed(Object value, Throwable error) throws Throwable {
            if (error != null) {
                throw error;
            }
            if (leaving) {
                boolean swallowed = ended != null && ended.error() != null && Boolean.TRUE.equals(value);
                return swallowed ? null : ended;
            }
            entered = true;
            world.log(with.n() + " with " + (with.manager().isShown() ? value : "it"));
            stack.push(new Block(with.body()));
            return GOES_ON;
        }
    }

    private final class Attempt implements Position {
        private enum Part {
            NEW,
            BODY,
            HANDLER,
            FINALLY
        }

        private final Statement.Try attempt;
        private Part part = Part.NEW;
        private Throwable caught;
        private Ending whenFinallyEnds;

        Attempt(Statement.Try attempt) {
            this.attempt = attempt;
        }

        @Override
        public Ending advance() {
            switch (part) {
                case NEW:
                    part = Part.BODY;
                    stack.push(new Block(attempt.body()));
                    return GOES_ON;
                case HANDLER:
                    return leave(attempt.again() ? new Ending(null, caught) : null);
                case FINALLY:
                    return whenFinallyEnds;
                default:
                    return leave(null);
            }
        }

        @Override
        public Ending broken(Ending how) {
            if (part == Part.FINALLY) {
                return how;
            }
            Throwable error = how.error();
            if (part == Part.BODY && error != null && Names.isCaught(error, attempt.classes())) {
                part = Part.HANDLER;
                caught = error;
                world.caught(attempt.n(), error);
                handled.put(attempt.n(), error);
                stack.push(new Block(attempt.handler()));
                return GOES_ON;
            }
            return leave(how);
        }

        private Ending leave(Ending how) {
            if (attempt.last() == null) {
                return how;
            }
            part = Part.FINALLY;
            whenFinallyEnds = how;
            world.log(attempt.n() + " fin");
            stack.push(new Block(attempt.last()));
            return GOES_ON;
        }
    }
}
