package io.corobridge.machine;

import io.corobridge.AttributeError;
import io.corobridge.AwaitIterator;
import io.corobridge.GeneratorExit;
import io.corobridge.Pending;
import io.corobridge.StopIteration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Steps an iterator that is not one of ours, by the rules of delegation for iterators that may lack send, throw or close. */
final class Foreign {
    private Foreign() {}

    /**
     * Passes a signal on to the iterator.
     *
     * @param sub what is delegated to
     * @param signal in: the signal; out: what the iterator yields, or what the delegation comes to
     * @return true when it yields, false when the delegation is over
     */
    static boolean step(Object sub, Signal signal) {
        if (sub instanceof Pending<?> pending) {
            // Whatever is sent is the await's result; sent or raised by hand, its source is not needed any more.
            if (signal.error instanceof StopIteration stop && !pending.isSettled()) {
                // As in any other iterator (C05). A source that failed with one has settled before: that is raised.
                signal.send(stop.value());
            }
            pending.close();
            return false;
        }
        Throwable error = signal.error;
        try {
            if (error instanceof GeneratorExit) {
                if (sub instanceof AutoCloseable closeable) {
                    closeable.close();
                }
                return false;
            }
            if (error == null) {
                return next(sub, signal);
            }
            if (!(sub instanceof AwaitIterator.Raises raises)) {
                throw error;
            }
            signal.send(raises.raise(error));
            return true;
        } catch (StopIteration stop) {
            // Whoever raised it, and in reply to whatever: where a delegation stands, it is the delegation's end (C05).
            signal.send(stop.value());
        } catch (Throwable raised) {
            signal.raise(raised);
        }
        return false;
    }

    private static boolean next(Object sub, Signal signal) {
        Object value = signal.value;
        if (value != null) {
            if (!(sub instanceof AwaitIterator.Sends sends)) {
                throw new AttributeError("'" + typeName(sub) + "' object has no attribute 'send'");
            }
            signal.send(sends.send(value));
            return true;
        }
        if (sub instanceof AwaitIterator<?> iterator) {
            signal.send(iterator.next());
            return true;
        }
        Iterator<?> iterator = (Iterator<?>) sub;
        boolean more = iterator.hasNext();
        signal.send(more ? iterator.next() : null);
        return more;
    }

    /** The name of a value's type as messages give it. */
    static String typeName(@Nullable Object value) {
        if (value == null) {
            return "NoneType";
        }
        String simple = value.getClass().getSimpleName();
        return simple.isEmpty() ? value.getClass().getName() : simple;
    }
}
