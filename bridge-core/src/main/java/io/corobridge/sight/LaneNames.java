package io.corobridge.sight;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Short names for bodies: the name alone when there is one of it, else with a number that counts from 1 in each timeline. */
final class LaneNames {
    private static final Pattern ID = Pattern.compile("#\\d+");

    private LaneNames() {}

    static Map<String, String> of(Iterable<Timeline.Line> lines) {
        Map<String, String> shown = new LinkedHashMap<>();
        Map<String, Integer> used = new HashMap<>();
        for (Timeline.Line line : lines) {
            String lane = line.lane();
            if (line.runs() != 0 && !shown.containsKey(lane)) {
                String name = lane.substring(lane.indexOf(' ') + 1);
                int number = used.merge(name, 1, Integer::sum);
                shown.put(lane, number == 1 ? name : name + " " + number);
            }
        }
        return shown;
    }

    /** Ids in a text, replaced by the names. */
    static String inText(String text, Map<String, String> shown) {
        Matcher id = ID.matcher(text);
        if (!text.startsWith("awaits #") || !id.find()) {
            return text;
        }
        for (Map.Entry<String, String> entry : shown.entrySet()) {
            if (entry.getKey().startsWith(id.group() + " ")) {
                return "awaits " + entry.getValue();
            }
        }
        return text;
    }
}
