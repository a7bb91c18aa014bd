package io.corobridge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code BaseExceptionGroup}: several unrelated exceptions raised as one.
 *
 * <p>A group of nothing but {@link Exception}s is an {@link ExceptionGroup}; one that holds an {@link Error}, a
 * {@link CancelledError} for example, is an {@link ErrorGroup}, which {@code catch (Exception e)} does not swallow. Immutable.
 */
public sealed interface BaseExceptionGroup permits ExceptionGroup, ErrorGroup {
    /**
     * Makes a group of the kind that its exceptions ask for.
     *
     * @param message what they have in common
     * @param exceptions at least one
     * @return a group
     * @throws ValueError when there are none
     */
    static BaseExceptionGroup of(String message, List<? extends Throwable> exceptions) {
        boolean ordinary = exceptions.stream().allMatch(error -> error instanceof Exception);
        return ordinary ? new ExceptionGroup(message, exceptions) : new ErrorGroup(message, exceptions);
    }

    /**
     * Python's {@code message}.
     *
     * @return what they have in common
     */
    String message();

    /**
     * Python's {@code exceptions}. They are {@linkplain Throwable#getSuppressed() suppressed exceptions} of the group as well, so that
     * its stack trace shows them.
     *
     * @return an unmodifiable list
     */
    List<Throwable> exceptions();

    /**
     * This group, to be thrown.
     *
     * @return this
     */
    default Throwable toThrowable() {
        return (Throwable) this;
    }

    /**
     * Python's {@code subgroup}: the exceptions, at any depth, that match; groups keep their messages.
     *
     * @param condition asked for each exception and each group
     * @return a new group, this one when it matches itself, or null when nothing matches
     */
    default @Nullable BaseExceptionGroup subgroup(Predicate<? super Throwable> condition) {
        if (condition.test(toThrowable())) {
            return this;
        }
        List<Throwable> matching = new ArrayList<>();
        for (Throwable error : exceptions()) {
            if (error instanceof BaseExceptionGroup nested) {
                BaseExceptionGroup part = nested.subgroup(condition);
                if (part != null) {
                    matching.add(part.toThrowable());
                }
            } else if (condition.test(error)) {
                matching.add(error);
            }
        }
        return matching.isEmpty() ? null : of(message(), matching);
    }
}
