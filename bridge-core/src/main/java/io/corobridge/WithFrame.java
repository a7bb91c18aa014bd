package io.corobridge;

import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.HandleFreeLambda;
import io.corobridge.engine.WovenLambda;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * {@code async with} in a body that suspends by frames: what {@link Co#with} does, step by step.
 *
 * @param <T> what the manager hands to the block
 * @param <R> the block's result
 */
final class WithFrame<T extends @Nullable Object, R extends @Nullable Object> extends Frame {
    private enum Part {
        ENTERING,
        BLOCK,
        LEAVING,
        RAISING
    }

    private final AsyncContextManager<T> manager;
    private final Object block;
    private Part part = Part.ENTERING;
    private @Nullable R result;
    private @Nullable Throwable raised;

    /** The block is a {@link With} or a {@link WithVoid}. */
    WithFrame(AsyncContextManager<T> manager, Object block) {
        this.manager = manager;
        this.block = block;
    }

    @Override
    protected boolean holdsResources() {
        return part != Part.ENTERING;
    }

    @Nullable
    R run(Co co) throws Throwable {
        T value = co.awaitInside(Co.entered(manager));
        return co.isSuspending() ? saved(co) : enter(co, value);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
    protected @Nullable Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
            throws Throwable {
        Co co = (Co) exchange;
        if (error == null) {
            return switch (part) {
                case ENTERING -> enter(co, (T) value);
                case BLOCK -> leave(co, (R) value);
                case LEAVING -> result;
                case RAISING -> unlessSwallowed((Boolean) value);
            };
        }
        if (part == Part.BLOCK) {
            return raise(co, error);
        }
        throw part == Part.RAISING ? Co.instead(error, raised) : error;
    }

    private @Nullable R saved(Co co) {
        co.save(this);
        return null;
    }

    private @Nullable R enter(Co co, T value) throws Throwable {
        part = Part.BLOCK;
        R end;
        try {
            end = call(co, value);
        } catch (Throwable error) {
            return raise(co, error);
        }
        return co.isSuspending() ? saved(co) : leave(co, end);
    }

    @SuppressWarnings("unchecked")
    private @Nullable R call(Co co, T value) throws Throwable {
        Callable<@Nullable Object> code = () -> {
            if (block instanceof With<?, ?> with) {
                return ((With<T, R>) with).run(value);
            }
            ((WithVoid<T>) block).run(value);
            return null;
        };
        if (block instanceof WovenLambda) {
            return (R) co.callWoven(code);
        }
        return (R) (block instanceof HandleFreeLambda ? code.call() : co.callHandoff(code));
    }

    private @Nullable R leave(Co co, @Nullable R end) {
        part = Part.LEAVING;
        result = end;
        co.awaitInside(Co.left(manager, null));
        return co.isSuspending() ? saved(co) : end;
    }

    private @Nullable R raise(Co co, Throwable error) throws Throwable {
        part = Part.RAISING;
        raised = error;
        Boolean swallowed;
        try {
            swallowed = co.awaitInside(Co.left(manager, error));
        } catch (Throwable another) {
            throw Co.instead(another, error);
        }
        return co.isSuspending() ? saved(co) : unlessSwallowed(swallowed);
    }

    private @Nullable R unlessSwallowed(@Nullable Boolean swallowed) throws Throwable {
        Throwable error = raised;
        if (error != null && (swallowed == null || !swallowed)) {
            throw error;
        }
        return null;
    }
}
