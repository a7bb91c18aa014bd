package io.corobridge.weaving.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a generated program: source text with other pieces in it.
 *
 * <p>The parts are strings and nodes. An expression knows its type, so that another one can take its place.
 */
final class Node {
    /** What a node may be replaced by when a program is shrunk. */
    enum Kind {
        /** Its parts are statements; each may go. */
        BLOCK,
        /** May go, or give its place to the statements of the blocks in it. */
        STATEMENT,
        /** May become a literal, or an expression of the same type in it. */
        EXPRESSION,
        /** Stays. */
        FIXED
    }

    private final Kind kind;
    private final String type;
    private final List<Object> parts;

    private Node(Kind kind, String type, List<Object> parts) {
        this.kind = kind;
        this.type = type;
        this.parts = parts;
    }

    static Node statement(Object... parts) {
        return new Node(Kind.STATEMENT, "", List.of(parts));
    }

    static Node expression(String type, Object... parts) {
        return new Node(Kind.EXPRESSION, type, List.of(parts));
    }

    static Node fixed(Object... parts) {
        return new Node(Kind.FIXED, "", List.of(parts));
    }

    static Node block(List<Node> statements) {
        return new Node(Kind.BLOCK, "", new ArrayList<>(statements));
    }

    static Node join(String separator, List<Node> nodes) {
        List<Object> parts = new ArrayList<>();
        for (Node node : nodes) {
            if (!parts.isEmpty()) {
                parts.add(separator);
            }
            parts.add(node);
        }
        return new Node(Kind.FIXED, "", parts);
    }

    Kind kind() {
        return kind;
    }

    String type() {
        return type;
    }

    List<Object> parts() {
        return parts;
    }

    /** The same with other parts. */
    Node with(List<Object> others) {
        return new Node(kind, type, List.copyOf(others));
    }

    int size() {
        int size = 1;
        for (Object part : parts) {
            size += part instanceof Node node ? node.size() : 0;
        }
        return size;
    }

    String source() {
        StringBuilder text = new StringBuilder();
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        for (Object part : parts) {
            if (part instanceof Node node) {
                node.append(text);
            } else {
                text.append(part);
            }
        }
    }
}
