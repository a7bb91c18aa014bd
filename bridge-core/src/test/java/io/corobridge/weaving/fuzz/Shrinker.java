package io.corobridge.weaving.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a program smaller as long as it still shows what is looked for; what does not compile does not. */
final class Shrinker {
    private final Predicate<Node> shows;
    private int tries;

    /**
     * Makes one.
     *
     * @param shows whether a smaller program is still of interest
     * @param tries how many may be looked at
     */
    Shrinker(Predicate<Node> shows, int tries) {
        this.shows = shows;
        this.tries = tries;
    }

    Node shrink(Node root) {
        Node best = root;
        boolean smaller = true;
        while (smaller && tries > 0) {
            smaller = false;
            for (Node candidate : candidates(best)) {
                if (tries-- <= 0) {
                    break;
                }
                if (candidate.size() <= best.size() && shows.test(candidate)) {
                    best = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return best;
    }

    /** All ways to make one cut somewhere, the large ones first. */
    private static List<Node> candidates(Node root) {
        List<Node> candidates = new ArrayList<>();
        collect(root, candidates);
        candidates.removeIf(
                candidate -> candidate.source().length() >= root.source().length());
        candidates.sort(
                (a, b) -> Integer.compare(a.source().length(), b.source().length()));
        return candidates;
    }

    private static void collect(Node node, List<Node> into) {
        into.addAll(cuts(node));
        for (int i = 0; i < node.parts().size(); i++) {
            if (!(node.parts().get(i) instanceof Node child)) {
                continue;
            }
            List<Node> inside = new ArrayList<>();
            collect(child, inside);
            for (Node cut : inside) {
                List<Object> parts = new ArrayList<>(node.parts());
                parts.set(i, cut);
                into.add(node.with(parts));
            }
        }
    }

    private static List<Node> cuts(Node node) {
        return switch (node.kind()) {
            case BLOCK -> ofBlock(node);
            case EXPRESSION -> ofExpression(node);
            default -> List.of();
        };
    }

    private static List<Node> ofBlock(Node block) {
        List<Node> cuts = new ArrayList<>();
        for (int i = 0; i < block.parts().size(); i++) {
            Node statement = (Node) block.parts().get(i);
            if (statement.kind() != Node.Kind.STATEMENT) {
                continue;
            }
            List<Object> without = new ArrayList<>(block.parts());
            without.remove(i);
            cuts.add(block.with(without));
            for (Node inner : blocksIn(statement)) {
                List<Object> unwrapped = new ArrayList<>(without);
                unwrapped.addAll(i, inner.parts());
                cuts.add(block.with(unwrapped));
            }
        }
        return cuts;
    }

    private static List<Node> blocksIn(Node node) {
        List<Node> blocks = new ArrayList<>();
        for (Object part : node.parts()) {
            if (part instanceof Node child) {
                if (child.kind() == Node.Kind.BLOCK) {
                    blocks.add(child);
                } else {
                    blocks.addAll(blocksIn(child));
                }
            }
        }
        return blocks;
    }

    private static List<Node> ofExpression(Node node) {
        List<Node> cuts = new ArrayList<>();
        cuts.add(Node.expression(node.type(), "(" + Types.simplest(node.type()) + ")"));
        addSameType(node, node.type(), cuts);
        return cuts;
    }

    private static void addSameType(Node node, String type, List<Node> into) {
        for (Object part : node.parts()) {
            if (part instanceof Node child) {
                if (child.kind() == Node.Kind.EXPRESSION && child.type().equals(type)) {
                    into.add(child);
                } else {
                    addSameType(child, type, into);
                }
            }
        }
    }
}
