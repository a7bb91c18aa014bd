package io.corobridge;

import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.Frames;
import io.corobridge.engine.HandleFreeLambda;
import io.corobridge.engine.Woven;
import io.corobridge.engine.WovenCode;
import io.corobridge.engine.WovenLambda;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * {@code async with} in a body that suspends by frames: what {@link Co#with} does, step by step.
 *
 * @param <T> what the manager hands to the block
 * @param <R> the block's result
 */
@Woven
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
        return Frames.isSuspending(co) ? saved(co) : enter(co, value);
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
                case RAISING -> unlessSwallowed(asBoolean(value));
            };
        }
        if (part == Part.BLOCK) {
            return raise(co, error);
        }
        throw part == Part.RAISING ? Co.instead(error, raised) : error;
    }

    private @Nullable R saved(Co co) {
        Frames.save(co, this);
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
        return Frames.isSuspending(co) ? saved(co) : leave(co, end);
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
            return (R) Frames.callWoven(co, code);
        }
        return (R)
                (block instanceof HandleFreeLambda
                        ? code.call()
                        : WovenCode.callPlain(code, co, block.getClass().getName() + ".run()"));
    }

    private @Nullable R leave(Co co, @Nullable R end) {
        part = Part.LEAVING;
        result = end;
        co.awaitInside(Co.left(manager, null));
        return Frames.isSuspending(co) ? saved(co) : end;
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
        return Frames.isSuspending(co) ? saved(co) : unlessSwallowed(swallowed);
    }

    /** A result of the wrong type counts as raised while leaving. */
    private @Nullable Boolean asBoolean(@Nullable Object value) throws Throwable {
        try {
            return (Boolean) value;
        } catch (ClassCastException another) {
            throw Co.instead(another, raised);
        }
    }

    private @Nullable R unlessSwallowed(@Nullable Boolean swallowed) throws Throwable {
        Throwable error = raised;
        if (error != null && (swallowed == null || !swallowed)) {
            throw error;
        }
        return null;
    }
}
