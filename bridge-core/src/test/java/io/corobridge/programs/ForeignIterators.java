package io.corobridge.programs;

import io.corobridge.AwaitIterator;
import io.corobridge.StopIteration;
import java.util.function.Consumer;

/** Iterators that are none of ours, and lack some of send, throw and close. Their simple names are part of traces. */
final class ForeignIterators {
    private ForeignIterators() {}

    static AwaitIterator<Object> make(String type, int number, int count, Consumer<String> log) {
        return switch (type) {
            case "Plain" -> new Plain(number, count, log);
            case "Sending" -> new Sending(number, count, log);
            case "Closing" -> new Closing(number, count, log);
            case "Raising" -> new Raising(number, count, log);
            case "Swallowing" -> new Swallowing(number, count, log);
            case "BadClose" -> new BadClose(number, count, log);
            default -> throw new IllegalArgumentException(type);
        };
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

        final void log(String what) {
            log.accept(getClass().getSimpleName() + " " + number + " " + what);
        }

        final Object step(String what) {
            log(what);
            if (--left < 0) {
                throw new StopIteration(number);
            }
            return number * 100 + left;
        }

        @Override
        public Object next() {
            return step("next");
        }
    }

    private static class Sending extends Plain implements AwaitIterator.Sends {
        Sending(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public Object send(Object value) {
            return step("send " + value);
        }
    }

    private static class Closing extends Sending implements AutoCloseable {
        Closing(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public void close() {
            log("close");
        }
    }

    private static class Raising extends Sending implements AwaitIterator.Raises {
        Raising(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public Object raise(Throwable error) throws Exception {
            log("throw " + Names.shown(error));
            if (error instanceof Exception exception) {
                throw exception;
            }
            throw (Error) error;
        }
    }

    private static final class Swallowing extends Closing implements AwaitIterator.Raises {
        Swallowing(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public Object raise(Throwable error) {
            return step("throw " + Names.shown(error));
        }
    }

    private static final class BadClose extends Raising implements AutoCloseable {
        BadClose(int number, int count, Consumer<String> log) {
            super(number, count, log);
        }

        @Override
        public void close() throws Names.Oops {
            log("close");
            throw new Names.Oops("close of " + number);
        }
    }
}
