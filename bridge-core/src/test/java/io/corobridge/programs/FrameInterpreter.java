package io.corobridge.programs;

import io.corobridge.Awaitable;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.FrameBody;
import io.corobridge.engine.Frames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Runs a body as a frame that keeps its place in a stack of its own, and so can suspend without a thread. */
final class FrameInterpreter extends Frame {
    private final World world;
    private final boolean isGenerator;
    private final Deque<Position> stack = new ArrayDeque<>();
    private Statement.Suspension suspendedAt;

    private FrameInterpreter(World world, boolean isGenerator, List<Statement> block) {
        this.world = world;
        this.isGenerator = isGenerator;
        stack.push(new Block(block, 1));
    }

    record GeneratorBody(World world, List<Statement> block)
            implements Generator.Body<Object, Object, Object>, FrameBody {
        @Override
        public Object run(GeneratorCo<Object, Object> co) {
            throw new AssertionError("runs as a frame");
        }

        @Override
        public Frame newFrame() {
            return new FrameInterpreter(world, true, block);
        }
    }

    record CoroutineBody(World world, List<Statement> block) implements Coroutine.Body<Object>, FrameBody {
        @Override
        public Object run(Co co) {
            throw new AssertionError("runs as a frame");
        }

        @Override
        public Frame newFrame() {
            return new FrameInterpreter(world, false, block);
        }
    }

    /** How a statement or block ended, unless it just came to its end: that is null. */
    private record Ending(Object value, Throwable error) {}

    /** A place in a statement that has statements inside. */
    private interface Position {
        /** Takes what is inside one step further. Returns how it ended, {@link #GOES_ON} when it has not. */
        Ending advance();

        /** What was started inside has ended other than by coming to its end. Returns how this ends, or GOES_ON. */
        default Ending broken(Ending how) {
            return how;
        }
    }

    private static final Ending GOES_ON = new Ending(null, null);

    @Override
    protected Object resume(Exchange exchange, Object value, Throwable error) throws Throwable {
        Ending ending = GOES_ON;
        Statement.Suspension at = suspendedAt;
        suspendedAt = null;
        if (error != null) {
            ending = new Ending(null, error);
        } else if (at != null) {
            world.got(at, value);
        }
        while (!stack.isEmpty()) {
            Position top = stack.peek();
            ending = ending == GOES_ON || ending == null ? top.advance() : top.broken(ending);
            if (suspendedAt != null) {
                suspend(exchange, suspendedAt);
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

    private void suspend(Exchange exchange, Statement.Suspension at) {
        if (isGenerator) {
            if (at instanceof Statement.Yield yield) {
                Frames.yields(exchange, yield.n());
            } else {
                Frames.delegates(exchange, world.iterable(at));
            }
            return;
        }
        Awaitable<?> awaitable = world.awaitable(at);
        Frames.delegates(exchange, awaitable instanceof Coroutine<?> ? awaitable : awaitable.awaitIterator());
    }

    /** Statements one after another, as often as said. */
    private final class Block implements Position {
        private final List<Statement> statements;
        private int times;
        private int next;

        Block(List<Statement> statements, int times) {
            this.statements = statements;
            this.times = times;
        }

        @Override
        public Ending advance() {
            if (next == statements.size()) {
                next = 0;
                times--;
            }
            if (times == 0 || statements.isEmpty()) {
                return null;
            }
            return begin(statements.get(next++));
        }

        private Ending begin(Statement statement) {
            if (statement instanceof Statement.Suspension at) {
                suspendedAt = at;
            } else if (statement instanceof Statement.Plain plain) {
                world.run(plain);
            } else if (statement instanceof Statement.Try attempt) {
                stack.push(new Attempt(attempt));
            } else if (statement instanceof Statement.Twice twice) {
                stack.push(new Block(twice.body(), 2));
            } else if (statement instanceof Statement.Raise raise) {
                return new Ending(null, Names.make(raise.type(), raise.n()));
            } else if (statement instanceof Statement.Return end) {
                return new Ending(end.n(), null);
            }
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
                    stack.push(new Block(attempt.body(), 1));
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
                stack.push(new Block(attempt.handler(), 1));
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
            world.log("finally " + attempt.n());
            stack.push(new Block(attempt.last(), 1));
            return GOES_ON;
        }
    }
}
