package io.corobridge.sight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws a timeline, as SVG text. */
final class TimelineSvg {
    private static final int LANE = 210;
    private static final int LEFT = 30;
    private static final int TOP = 84;
    private static final int ROW = 32;
    private static final int MOST_LETTERS = 27;

    private static final String STYLE = """
            <style>
              svg { background: #ffffff; color: #1f2328; --soft: #8c959f; --run: #0969da; }
              @media (prefers-color-scheme: dark) {
                svg { background: #0d1117; color: #e6edf3; --soft: #6e7681; --run: #4493f8; }
              }
              text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: currentColor; }
              .title { font: 600 15px system-ui, sans-serif; }
              .lane { font-weight: 600; }
              .life { stroke: var(--soft); stroke-dasharray: 3 4; }
              .run { fill: var(--run); }
              .dot { fill: currentColor; }
              .go { stroke: var(--soft); stroke-width: 1.5; }
              .head { fill: var(--soft); }
            </style>
            """;

    private final String title;
    private final List<Timeline.Line> lines;
    private final Map<String, Integer> lanes = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final StringBuilder svg = new StringBuilder();

    TimelineSvg(String title, List<Timeline.Line> lines) {
        this.title = title;
        this.lines = lines;
        for (Timeline.Line line : lines) {
            if (lanes.putIfAbsent(line.lane(), lanes.size()) == null) {
                names.add(line.lane());
            }
        }
    }

    String document() {
        int width = Math.max(1, names.size()) * LANE + 2 * LEFT;
        int height = TOP + lines.size() * ROW + 16;
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height + "\" width=\"" + width
                + "\" height=\"" + height + "\" role=\"img\">");
        add("<title>" + escaped(title) + "</title>");
        svg.append(STYLE);
        text("title", LEFT - 12, 28, title);
        for (int lane = 0; lane < names.size(); lane++) {
            text("lane", x(lane) - 12, TOP - 24, shortened(names.get(lane)));
            add("<line class=\"life\" x1=\"" + x(lane) + "\" y1=\"" + (TOP - 14) + "\" x2=\"" + x(lane) + "\" y2=\""
                    + (height - 10) + "\"/>");
        }
        runs();
        for (int row = 0; row < lines.size(); row++) {
            row(row);
        }
        add("</svg>");
        return svg.toString();
    }

    /** A bar where a body runs: from where it is entered to where it leaves. */
    private void runs() {
        int[] since = new int[names.size()];
        Arrays.fill(since, -1);
        for (int row = 0; row < lines.size(); row++) {
            Timeline.Line line = lines.get(row);
            int lane = lane(line);
            if (line.runs() > 0) {
                since[lane] = row;
            } else if (line.runs() < 0 && since[lane] >= 0) {
                int from = y(since[lane]);
                add("<rect class=\"run\" x=\"" + (x(lane) - 3) + "\" y=\"" + from + "\" width=\"6\" height=\""
                        + (y(row) - from) + "\" rx=\"3\"/>");
                since[lane] = -1;
            }
        }
    }

    private void row(int row) {
        Timeline.Line line = lines.get(row);
        int x = x(lane(line));
        int y = y(row);
        if (row > 0 && passesOn(lines.get(row - 1), line)) {
            arrow(x(lane(lines.get(row - 1))), x, y);
        }
        add("<circle class=\"dot\" cx=\"" + x + "\" cy=\"" + y + "\" r=\"3\"/>");
        text("what", x + 12, y + 5, shortened(line.text()));
    }

    /** What follows on the same thread in another lane was brought about by what came before, unless it is an end that only follows. */
    private boolean passesOn(Timeline.Line before, Timeline.Line line) {
        boolean bothNoted = before.runs() == 0 && line.runs() == 0;
        return line.runs() >= 0 && !bothNoted && before.thread().equals(line.thread()) && lane(before) != lane(line);
    }

    private void arrow(int from, int to, int row) {
        int y = row - 13;
        int tip = to > from ? to - 4 : to + 4;
        int back = to > from ? tip - 8 : tip + 8;
        add("<line class=\"go\" x1=\"" + from + "\" y1=\"" + y + "\" x2=\"" + back + "\" y2=\"" + y + "\"/>");
        add("<path class=\"head\" d=\"M" + tip + " " + y + "L" + back + " " + (y - 4) + "L" + back + " " + (y + 4)
                + "Z\"/>");
    }

    private int lane(Timeline.Line line) {
        return lanes.getOrDefault(line.lane(), 0);
    }

    private static int x(int lane) {
        return LEFT + lane * LANE;
    }

    private static int y(int row) {
        return TOP + row * ROW + ROW / 2;
    }

    private void text(String style, int x, int y, String text) {
        add("<text class=\"" + style + "\" x=\"" + x + "\" y=\"" + y + "\">" + escaped(text) + "</text>");
    }

    private void add(String line) {
        svg.append(line).append('\n');
    }

    private static String shortened(String text) {
        return text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS - 1) + "\u2026";
    }

    /** What XML has no way to write is left out. */
    private static String escaped(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\t]]", "")
                .replaceAll("\\p{Cs}", "")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
