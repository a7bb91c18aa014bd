package io.corobridge.conformance;

import io.corobridge.AsyncContextManager;
import io.corobridge.Awaitable;
import java.util.List;
import java.util.function.Consumer;

/** An async context manager that is none of ours. */
record ForeignManager(Statement.Manager.Foreign manager, Consumer<String> log) implements AsyncContextManager<Object> {
    static final List<String> ENTERS = List.of("atOnce", "atOnce", "waits", "waits", "raises", "fails", "none");
    static final List<String> LEAVES =
            List.of("atOnce", "waits", "waits", "swallows", "swallowsLate", "raises", "fails", "none");

    @Override
    public Awaitable<Object> aenter() {
        return answer("enter", manager.enter(), manager.n());
    }

    @Override
    public Awaitable<Boolean> aexit(Throwable error) {
        if (error != null) {
            log.accept("Manager " + manager.n() + " sees " + Names.shown(error));
        }
        boolean swallows = manager.leave().startsWith("swallows");
        String how = switch (manager.leave()) {
            case "swallows" -> "atOnce";
            case "swallowsLate" -> "waits";
            default -> manager.leave();
        };
        return answer("exit", how, swallows);
    }

    private <R> Awaitable<R> answer(String what, String how, Object result) {
        int n = manager.n();
        log.accept("Manager " + n + " " + what + " " + how);
        Names.Oops oops = new Names.Oops(what + " of " + n);
        return switch (how) {
            case "none" -> null;
            case "raises" -> throw Names.<RuntimeException>raised(oops);
            case "fails" -> () -> ForeignIterators.answer(n, 1, log, oops);
            case "waits" -> () -> ForeignIterators.answer(n, 1, log, result);
            default -> () -> ForeignIterators.answer(n, 0, log, result);
        };
    }
}
