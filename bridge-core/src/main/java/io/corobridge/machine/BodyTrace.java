package io.corobridge.machine;

import io.corobridge.GeneratorExit;
import io.corobridge.engine.Outcome;
import io.corobridge.engine.RunWatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells those who are interested what one body does. Confined to whoever steps it. */
public final class BodyTrace implements RunWatch {
    private final Machine machine;
    private final long id;
    private final List<Tracing> interested;
    private boolean begun;

    BodyTrace(Machine machine, long id, List<Tracing> interested) {
        this.machine = machine;
        this.id = id;
        this.interested = interested;
    }

    /**
     * A number for the body, the one that it has in the list of live bodies too.
     *
     * @return from 1
     */
    public long id() {
        return id;
    }

    /**
     * What it is.
     *
     * @return the kind of body
     */
    public Kind kind() {
        return machine.kind();
    }

    /**
     * Its name.
     *
     * @return as it was given
     */
    public String name() {
        return machine.name();
    }

    /**
     * The trace of the body behind what is awaited.
     *
     * @param awaited what {@link BodyAction#AWAIT} came with
     * @return null when it is no body, or one that is not traced
     */
    public static @Nullable BodyTrace of(@Nullable Object awaited) {
        Leftovers left = awaited instanceof Link link ? link.machine().knownLeftovers() : null;
        return left == null ? null : left.trace();
    }

    @Override
    public void runs(@Nullable Object value, @Nullable Throwable error) {
        if (error != null) {
            tell(error instanceof GeneratorExit ? BodyAction.CLOSE : BodyAction.RAISE, error);
        } else {
            tell(begun ? BodyAction.RESUME : BodyAction.START, value);
        }
        begun = true;
    }

    @Override
    public void ran(Outcome outcome, @Nullable Object payload) {
        tell(
                switch (outcome) {
                    case YIELDS -> BodyAction.YIELD;
                    case DELEGATES -> BodyAction.AWAIT;
                    case RETURNS -> BodyAction.RETURN;
                    case RAISES -> BodyAction.FAIL;
                },
                payload);
    }

    private void tell(BodyAction action, @Nullable Object value) {
        for (Tracing tracing : interested) {
            tracing.tell(this, action, value);
        }
    }
}
