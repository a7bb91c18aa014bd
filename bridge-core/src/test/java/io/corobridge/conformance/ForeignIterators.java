package io.corobridge.conformance;

import io.corobridge.AwaitIterator;
import io.corobridge.StopIteration;
import java.util.List;
import java.util.function.Consumer;

/** Iterators that are none of ours, and lack some of send, throw and close. Their simple names are part of traces. */
final class ForeignIterators {
    static final List<String> TYPES =
            List.of("Plain", "Sending", "Closing", "Raising", "Swallowing", "Ending", "BadClose", "Watching");

    private ForeignIterators() {}

    static AwaitIterator<Object> make(String type, int number, int count, World world) {
        Consumer<String> log = world::log;
        return switch (type) {
            case "Plain" -> new Plain(number, count, log);
            case "Sending" -> new Sending(number, count, log);
            case "Closing" -> new Closing(number, count, log);
            case "Raising" -> new Raising(number, count, log);
            case "Swallowing" -> new Swallowing(number, count, log);
            case "Ending" -> new Ending(number, count, log);
            case "BadClose" -> new BadClose(number, count, log);
            case "Watching" -> new Watching(number, count, world);
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** One that ends with a result, or an exception, of the program's choice. */
    static <R> AwaitIterator<R> answer(int number, int count, Consumer<String> log, Object result) {
        @SuppressWarnings("unchecked")
        AwaitIterator<R> answer = (AwaitIterator<R>) new Answer(number, count, log, result);
        return answer;
    }

    private static class Plain implements AwaitIterator<Object> {
        final int number;
        private int left;
        private final Consumer<String> log;

        Plain(int number, int count, Consumer<String> log) {
            this.number = number;
            this.left = count;
            this.log = log;
        }

        void say(String what) {
            log.accept(getClass().getSimpleName() + " " + number + " " + what);
        }

        final Object step(String what) {
            say(what);
            return --left < 0 ? end() : (Object) (number * 10 + left);
        }

        Object end() {
            throw new StopIteration(number);
        }

        @Override
        public final Object next() {
            return step("next");
        }
    }

    private static class Sending extends Plain implements AwaitIterator.Sends {
        Sending(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public final Object send(Object value) {
            return step("send " + value);
        }
    }

    private static class Closing extends Sending implements AutoCloseable {
        Closing(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public final void close() {
            say("close");
        }
    }

    private static class Raising extends Sending implements AwaitIterator.Raises {
        Raising(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public Object raise(Throwable error) {
            say("throw " + Names.shown(error));
            throw Names.<RuntimeException>raised(error);
        }
    }

    /** Answers what is thrown with its next value. */
    private static final class Swallowing extends Closing implements AwaitIterator.Raises {
        Swallowing(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public Object raise(Throwable error) {
            return step("throw " + Names.shown(error));
        }
    }

    /** Answers what is thrown with its end. */
    private static final class Ending extends Closing implements AwaitIterator.Raises {
        Ending(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public Object raise(Throwable error) {
            say("throw " + Names.shown(error));
            return end();
        }
    }

    /** Tells the state of all objects whenever it is used. */
    private static final class Watching extends Closing {
        private final World world;

        Watching(int number, int count, World world) {
            super(number, count, world::log);
            this.world = world;
        }

        @Override
        void say(String what) {
            super.say(what + " " + world.states());
        }
    }

    private static final class BadClose extends Raising implements AutoCloseable {
        BadClose(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public void close() throws Names.Oops {
            say("close");
            throw new Names.Oops("close of " + number);
        }
    }

    private static final class Answer extends Raising implements AutoCloseable {
        private final Object result;

        Answer(int number, int count, Consumer<String> log, Object result) {
            super(number, count, log);
            this.result = result;
        }

        @Override
        public void close() {
            say("close");
        }

        /** Results have a type, so it never ends with one that is thrown. */
        @Override
        public Object raise(Throwable error) {
            return super.raise(error instanceof StopIteration ? new Names.Oops("stop") : error);
        }

        @Override
        Object end() {
            if (result instanceof Throwable error) {
                throw Names.<RuntimeException>raised(error);
            }
            throw new StopIteration(result);
        }
    }
}
