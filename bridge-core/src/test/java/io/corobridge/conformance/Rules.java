package io.corobridge.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which rules of docs/protocol.md a program exercises, told from the situations that it gets into.
 *
 * <p>A situation of a step is the object's kind, how its step was made, its state, what it delegates to ({@code >}), whether another
 * delegates to it ({@code inner}), the step, its outcome and the state after it. Entries of the trace count too, after a bar.
 */
final class Rules {
    private static final String EXIT = "raise\\((GeneratorExit|Exit)\\)";
    private static final String ERROR = "raise\\((ValueError|RuntimeError|Oops)\\)";
    private static final String STOP = "raise\\((StopIteration|Stop)\\)";
    private static final String RUN = "(next|send) ";
    private static final Map<String, Pattern> SITUATIONS = new LinkedHashMap<>();

    private final Map<String, Integer> programs = new TreeMap<>();

    static {
        both("A01", "B01", "# C send !! TypeError: can't send non-None value to a just-started \\w+ C");
        both("A02", "B02", "# \\S+( inner)? " + RUN + "!! StopIteration: (\\d+|None) X");
        rule("A03, A04", "c X (next|send|raise\\(\\w+\\)) !! RuntimeError: cannot reuse already awaited coroutine X");
        rule("B03", "g X raise\\((\\w+)\\) !! \\1: \\d+ X");
        both("A05", "B05", "# C close -> None X");
        both("A06", "B05", "# S\\S*( inner)? close -> None X");
        both("A07", "B05", "# S\\S*( inner)? close -> \\d+ X");
        both("A08", "B08", "# R( inner)? \\S+ !! ValueError: \\w+ already executing R");
        both("A09", "B06", "# S\\S*( inner)? close !! RuntimeError: \\w+ ignored GeneratorExit S.*");
        both("A10", "B16", "# S\\S*( inner)? close !! (ValueError|Oops): .* X");
        both("A11", "B16", "# S\\S*( inner)? close !! RuntimeError: \\w+ raised StopIteration <- .* X");
        both("A12, A13", "B04", "# C raise\\((\\w+)\\) !! \\1: \\d+ X");
        both("A14", "B07", "# S\\S*( inner)? raise\\(\\w+\\) -> .*");
        rule("B07", "g S\\S*( inner)? " + EXIT + " (->|!! StopIteration).*");
        both("A17", "B09", "# .*" + RUN + "!! RuntimeError: \\w+ raised StopIteration <- (StopIteration|Stop):.* X");
        rule("A18", "c .*" + RUN + "!! StopAsyncIteration: .* X");
        rule("A19", "await [ca] Direct c S.*");
        rule("A20", "await [ca] Direct c R.*");
        rule("A21", "await [ca] Direct c X.*");
        rule("A22", "await [ca] Iterator c S.*");
        rule("A25, A26", "await [ca] Nothing");
        rule("A27, C01", "\\|.*AttributeError: 'Plain' object has no attribute 'send'");
        rule("A28", "\\| .*R R.*");
        rule("A29", "[ca] S>(Plain|Sending|Closing|Raising) .*");
        rule("A33", "c\\.iterator .*");
        both("A41", "B18", "# S\\S*( inner)? (raise\\(\\w+\\)|next|send) !! (Oops|StopIteration): \\d+ X");
        rule("B10", "g S>g:S.*");
        rule("C02", "[gc] S>(Sending|Closing|Raising) next.*");
        rule("C03", "[gc] S>(Plain|Sending|Closing) " + ERROR + ".*");
        rule("C04", "[gc] S>(Raising|Swallowing) " + ERROR + ".*");
        rule("C05", "[gc] S>(Ending \\S+|(Plain|Sending) " + STOP + ") .*");
        rule("C06", "[gc] S>(Closing|Swallowing) (close|" + EXIT + ").*");
        rule("C07", "[gc] S>BadClose (close|" + EXIT + ").*");
        rule("C08", "[gc] S>[gc]:S close !! RuntimeError: \\w+ ignored GeneratorExit X");
        rule("C10", "await g Direct g C");
        rule("C11", "\\| \\d+ R R.*");
        rule("C12", "[gc] S\\S* inner " + RUN + ".*");
        rule("C13", "g S>g:X " + RUN + ".*");
        rule("C14", "c S>c:X " + RUN + ".*");
        rule("C15", "[gc] S>[gc]:S " + STOP + " .*");
        rule("C16", "[gc] S>[gc]:S " + EXIT + " .*");
        rule("C17", "await g Nothing");
        rule("C19", "[gc] S>[gc]:S " + ERROR + " .*");
        rule("C20", "\\| Watching \\d+ (next|send \\d+|close) .*R.*");
        rule("C21", "c S>(Closing|Raising|Swallowing) (close|raise\\(\\w+\\)) .*");
        rule("C22", "[gc] S>[gc]:S close -> None X");
        rule("C23", "[gc] S>[gc]:X raise\\(\\w+\\) .*");
        rule("C24", "[gc] S>[gc]:X close .*");
        rule("D01", "a\\.\\w+ C (next|send) !! TypeError: can't send .* async generator C");
        rule("D02", "a\\.(anext|asend) \\S+ next !! (StopIteration: \\d+|StopAsyncIteration: ) .*");
        rule("D03", "a\\.(anext|asend) S send .*");
        rule("D04", "a\\.\\w+ .*!! RuntimeError: cannot reuse already awaited .*");
        rule("D05", "a\\.\\w+ [CS] close -> None X");
        rule("D06", "a\\..*!! RuntimeError: async generator raised Stop(Async)?Iteration <- .*");
        rule("D07", "a\\.\\w+ A\\S* \\S+ !! RuntimeError: \\w+\\(\\): asynchronous generator is already running A.*");
        rule("D08", "a\\.\\w+ R( inner)? .*!! (RuntimeError: \\w+\\(\\): asynchronous|ValueError: async) generator .*");
        rule("D09", "a\\.aclose C next !! StopIteration: None X");
        rule("D10", "a\\.aclose S next -> \\d+ A.*");
        rule("D11", "a\\.(aclose|athrow) S next !! (RuntimeError: async generator ignored.*|StopAsyncIteration: ) S");
        rule("D12", "a\\.aclose S next !! (StopIteration: None|Oops: \\d+) X");
        rule("D13", "a\\.athrow C next !! .* X");
        rule("D14", "a\\.athrow S next !! (StopIteration: \\d+ S|StopAsyncIteration:  X)");
        rule("D15", "a\\.(athrow|aclose) X next !! StopIteration: None X");
        rule("D16", "a\\.\\w+ S (next|send) !! Oops: \\d+ X");
        rule("D17", "a\\.(aclose|athrow) [CS] send !! RuntimeError: can't send non-None value .*");
        rule("D18", "a\\.(anext|asend) [CS] raise\\(\\w+\\) .*");
        rule("D19", "a\\.(anext|asend) A\\S* close (-> None|!! RuntimeError: coroutine ignored GeneratorExit) .*");
        rule("D20", "a\\.\\w+ A>(Closing|Swallowing|Ending|BadClose) (close|" + EXIT + ") .*");
        rule("D21", "\\| .*A.*");
        rule("D26", "(a\\.anextOr .*!! StopIteration: \\d+ .*|await [gca] anextOr .*)");
        rule("D28", "a\\.aclose A\\S* next !! RuntimeError: aclose\\(\\): .*");
        rule("D29", "a\\.\\w+ A\\S* raise\\(\\w+\\) !! StopIteration: \\d+ S");
        rule("D31", "a\\.(anext|asend) \\S+ next !! (GeneratorExit|Exit): .* X");
        rule("D33", "a\\.athrow ([CS]) next !! (Stop|StopIteration|StopAsyncIteration|RuntimeError): .* X");
        rule("D34", "a\\.(anext|asend) A\\S* raise\\((\\w+)\\) !! \\2: \\d+ X");
        rule("D35", "a\\.\\w+ A\\S* close !! RuntimeError: \\w+\\(\\): asynchronous generator is already running A.*");
        rule("D36", "a\\.\\w+ X close -> None X");
        rule("E01", "\\|.*(TypeError: 'async for' received an|Oops: aiter of|Oops: anext of) .*");
        rule("E02", "\\| Items \\d+ anext");
        rule("E03", "break");
        rule("E05", "\\|.*TypeError: 'async with' received an object from __a(enter|exit)__.*");
        rule("E06", "\\| Manager \\d+ sees (Oops|ValueError|RuntimeError).*");
        rule("E07", "\\|.*Oops: (enter|exit) of \\d+");
        rule("E08", "\\| Manager \\d+ sees (GeneratorExit|Exit).*");
        rule("E10", "leave [2-9]");
        rule("E11", "\\|.*RuntimeError: generator didn't (yield|stop).*");
        rule("F01", "await c Direct g C");
        rule("F02", "await c Direct g [SX].*");
        rule("awaited close", "c\\.awaitedClose .*");
    }

    private static void rule(String id, String situation) {
        SITUATIONS.merge(id, Pattern.compile(situation), (a, b) -> Pattern.compile(a + "|" + b));
    }

    /** A rule of coroutines with its twin of generators: # is the kind. */
    private static void both(String ofCoroutines, String ofGenerators, String situation) {
        rule(ofCoroutines, situation.replace('#', 'c'));
        rule(ofGenerators, situation.replace('#', 'g'));
    }

    /** Runs a program and counts the rules that it exercises. */
    void count(Program program) {
        Set<String> found = new HashSet<>();
        List<String> situations = new ArrayList<>();
        SteppedWorld.run(program, Engine.FRAMES, situations::add).forEach(entry -> situations.add("| " + entry));
        Set<String> distinct = new HashSet<>(situations);
        for (Map.Entry<String, Pattern> rule : SITUATIONS.entrySet()) {
            if (distinct.stream()
                    .anyMatch(situation -> rule.getValue().matcher(situation).matches())) {
                Collections.addAll(found, rule.getKey().split(", "));
            }
        }
        found.forEach(rule -> programs.merge(rule, 1, Integer::sum));
    }

    /** How many programs exercised each rule; those that none did are in it with 0. */
    Map<String, Integer> counts() {
        SITUATIONS.keySet().forEach(ids -> List.of(ids.split(", ")).forEach(id -> programs.putIfAbsent(id, 0)));
        return programs;
    }
}
