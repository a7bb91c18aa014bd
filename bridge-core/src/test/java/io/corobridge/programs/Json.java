package io.corobridge.programs;

import java.util.ArrayList;
import java.util.List;

/** Reads the JSON that recorded programs need: lists, strings, integers and null. */
final class Json {
    private final String text;
    private int position;

    private Json(String text) {
        this.text = text;
    }

    static List<?> list(String text) {
        Json json = new Json(text);
        Object value = json.value();
        if (json.position != text.length() || !(value instanceof List<?> list)) {
            throw json.unexpected();
        }
        return list;
    }

    private Object value() {
        char first = text.charAt(position);
        if (first == '[') {
            return list();
        }
        if (first == '"') {
            return string();
        }
        if (text.startsWith("null", position)) {
            position += 4;
            return null;
        }
        int start = position;
        while (position < text.length() && "-0123456789".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        if (start == position) {
            throw unexpected();
        }
        return Integer.valueOf(text.substring(start, position));
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        position++;
        while (text.charAt(position) != ']') {
            list.add(value());
            if (text.charAt(position) == ',') {
                position++;
            }
        }
        position++;
        return list;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        position++;
        while (text.charAt(position) != '"') {
            if (text.charAt(position) == '\\') {
                position++;
                if ("\"\\/".indexOf(text.charAt(position)) < 0) {
                    throw unexpected();
                }
            }
            string.append(text.charAt(position++));
        }
        position++;
        return string.toString();
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("at " + position + " of: " + text);
    }
}
