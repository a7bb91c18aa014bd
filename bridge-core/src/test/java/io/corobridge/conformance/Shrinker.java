package io.corobridge.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a program smaller while it keeps a property: takes steps and statements away, and unwraps what has statements inside. */
final class Shrinker {
    private Shrinker() {}

    /**
     * Shrinks a program until nothing can be taken away.
     *
     * @param program has the property
     * @param has the property that is to be kept
     */
    static Program shrink(Program program, Predicate<Program> has) {
        Program smallest = program;
        for (boolean shrunk = true; shrunk; ) {
            shrunk = false;
            for (Program smaller : smaller(smallest)) {
                if (has.test(smaller)) {
                    smallest = smaller;
                    shrunk = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static List<Program> smaller(Program program) {
        List<Program> found = new ArrayList<>();
        for (List<Statement.Step> drive : without(program.drive())) {
            found.add(new Program(program.seed(), program.bodies(), drive));
        }
        for (int k = 0; k < program.bodies().size(); k++) {
            Program.Body body = program.bodies().get(k);
            for (List<Statement> block : smallerBlocks(body.block())) {
                List<Program.Body> bodies = new ArrayList<>(program.bodies());
                bodies.set(k, new Program.Body(body.kind(), block));
                found.add(new Program(program.seed(), bodies, program.drive()));
            }
        }
        return found;
    }

    /** The list without its second half, without its first half, and without each one element, the last first. */
    private static <T> List<List<T>> without(List<T> list) {
        List<List<T>> found = new ArrayList<>();
        int half = list.size() / 2;
        if (half > 1) {
            found.add(list.subList(0, half));
            found.add(list.subList(half, list.size()));
        }
        for (int i = list.size() - 1; i >= 0; i--) {
            List<T> rest = new ArrayList<>(list);
            rest.remove(i);
            found.add(rest);
        }
        return found;
    }

    private static List<List<Statement>> smallerBlocks(List<Statement> block) {
        List<List<Statement>> found = without(block);
        for (int i = 0; i < block.size(); i++) {
            for (List<Statement> smaller : smallerStatements(block.get(i))) {
                List<Statement> rest = new ArrayList<>(block.subList(0, i));
                rest.addAll(smaller);
                rest.addAll(block.subList(i + 1, block.size()));
                found.add(rest);
            }
        }
        return found;
    }

    /** What may stand in the place of a statement. A break that loses its loop just ends its body, on both sides. */
    private static List<List<Statement>> smallerStatements(Statement statement) {
        List<List<Statement>> found = new ArrayList<>();
        if (statement instanceof Statement.Loop loop) {
            inside(found, loop.body(), false, body -> new Statement.Loop(loop.n(), loop.items(), body));
        } else if (statement instanceof Statement.With with) {
            inside(found, with.body(), true, body -> new Statement.With(with.n(), with.manager(), body));
        } else if (statement instanceof Statement.Twice twice) {
            inside(found, twice.body(), false, Statement.Twice::new);
        } else if (statement instanceof Statement.Try attempt) {
            inside(
                    found,
                    attempt.body(),
                    true,
                    body -> with(attempt, body, attempt.classes(), attempt.handler(), attempt.last()));
            inside(
                    found,
                    attempt.handler(),
                    false,
                    handler -> with(attempt, attempt.body(), attempt.classes(), handler, attempt.last()));
            if (attempt.last() != null) {
                inside(
                        found,
                        attempt.last(),
                        true,
                        last -> with(attempt, attempt.body(), attempt.classes(), attempt.handler(), last));
                if (!attempt.classes().isEmpty()) {
                    found.add(List.of(with(attempt, attempt.body(), attempt.classes(), attempt.handler(), null)));
                    found.add(List.of(with(attempt, attempt.body(), List.of(), List.of(), attempt.last())));
                }
            }
        }
        return found;
    }

    private static Statement with(
            Statement.Try attempt,
            List<Statement> body,
            List<String> classes,
            List<Statement> handler,
            List<Statement> last) {
        boolean again = attempt.again() && !classes.isEmpty();
        return new Statement.Try(attempt.n(), body, classes, handler, again, last);
    }

    private static void inside(
            List<List<Statement>> found,
            List<Statement> block,
            boolean unwraps,
            Function<List<Statement>, Statement> around) {
        if (unwraps) {
            found.add(block);
        }
        for (List<Statement> smaller : smallerBlocks(block)) {
            found.add(List.of(around.apply(smaller)));
        }
    }
}
