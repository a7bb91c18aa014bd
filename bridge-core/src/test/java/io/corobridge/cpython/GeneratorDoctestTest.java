package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.generator;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.StopIteration;
import io.corobridge.ValueError;
import io.corobridge.cpython.Cases.Oops;
import io.corobridge.cpython.Cases.Own;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of the doctest groups tut, pep, email and coroutine of test_generators. */
class GeneratorDoctestTest {
    private static Generator<Object, Object, Object> range(int end) {
        return generator(co -> {
            for (int i = 0; i < end; i++) {
                co.yield(i);
            }
            return null;
        });
    }

    @Test
    @Tag("test_generators.doctest.tut")
    void stopsAtItsEndAndStaysThere() {
        Generator<Object, Object, Object> generator = generator(co -> {
            co.yield(1);
            co.yield(2);
            return null;
        });
        assertThat(generator.next()).isEqualTo(1);
        assertThat(generator.next()).isEqualTo(2);
        assertThat(t(generator::next)).isEqualTo("StopIteration");
        assertThat(t(generator::next)).isEqualTo("StopIteration");
        assertThat(generator(co -> {
                    co.yield(1);
                    return null;
                }))
                .containsExactly(1);
    }

    @Test
    @SuppressWarnings("finally")
    @Tag("test_generators.doctest.tut")
    void returnIsNotStopIteration() {
        assertThat(generator(co -> {
                    try {
                        return null;
                    } catch (RuntimeException e) {
                        return co.yield(1);
                    }
                }))
                .isEmpty();
        assertThat(generator(co -> {
                    try {
                        throw new StopIteration();
                    } catch (StopIteration e) {
                        return co.yield(42);
                    }
                }))
                .containsExactly(42);
        assertThat(generator(co -> {
                    try {
                        return null;
                    } finally {
                        co.yield(1);
                    }
                }))
                .containsExactly(1);
    }

    @Test
    @Tag("test_generators.doctest.tut")
    void returnsToTheMostRecentCaller() {
        Generator<Object, Object, Object> generator = range(5);
        assertThat(generator.next()).isEqualTo(0);
        assertThat(generator).containsExactly(1, 2, 3, 4);
        assertThat(generator(co -> {
                    for (Object value : range(5)) {
                        co.yield(value);
                    }
                    return null;
                }))
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    @Tag("test_generators.doctest.pep")
    void cannotBeResumedWhileItRuns() {
        Own<Generator<Object, Object, Object>> me = new Own<>();
        me.is(generator(co -> co.yield(me.get().next())));
        assertThat(t(me.get()::next)).isEqualTo("ValueError: generator already executing");
    }

    @Test
    @Tag("test_generators.doctest.pep")
    void exceptionOfTheBodyEndsIt() {
        Generator<Object, Object, Object> generator = generator(co -> {
            if (co != null) {
                throw oops();
            }
            return null;
        });
        assertThat(t(generator::next)).isEqualTo("Oops");
        assertThat(t(generator::next)).isEqualTo("StopIteration");
    }

    @Test
    @Tag("test_generators.doctest.pep")
    void yieldsMayStandInEveryPartOfATry() {
        assertThat(generator(co -> {
                    try {
                        co.yield(1);
                        try {
                            co.yield(2);
                            throw oops();
                        } catch (Oops e) {
                            co.yield(4);
                            co.yield(5);
                            throw e;
                        }
                    } catch (Oops e) {
                        co.yield(8);
                    }
                    co.yield(9);
                    try {
                        assertThat(co).isNotNull();
                    } finally {
                        co.yield(10);
                    }
                    return co.yield(11);
                }))
                .containsExactly(1, 2, 4, 5, 8, 9, 10, 11);
    }

    private record Tree(char label, Tree left, Tree right) {
        static Tree of(String labels) {
            if (labels.isEmpty()) {
                return null;
            }
            int middle = labels.length() / 2;
            return new Tree(labels.charAt(middle), of(labels.substring(0, middle)), of(labels.substring(middle + 1)));
        }

        static Generator<Object, Object, Object> inorder(Tree tree) {
            return generator(co -> {
                if (tree != null) {
                    co.yieldFrom(inorder(tree.left()));
                    co.yield(tree.label());
                    co.yieldFrom(inorder(tree.right()));
                }
                return null;
            });
        }
    }

    @Test
    @Tag("test_generators.doctest.pep")
    void treeIsWalkedByRecursiveGenerators() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        StringBuilder walked = new StringBuilder();
        Tree.inorder(Tree.of(alphabet)).forEach(walked::append);
        assertThat(walked).hasToString(alphabet);
    }

    @Test
    @Tag("test_generators.doctest.email")
    void yieldingNothingIsNotReturningIt() {
        assertThat(generator(co -> {
                    for (int i = 0; i < 4; i++) {
                        co.yield(null);
                    }
                    return null;
                }))
                .containsExactly(null, null, null, null);
    }

    @Test
    @Tag("test_generators.doctest.email")
    void stopIterationThatIsRaisedIsCaughtAsAnyOther() {
        assertThat(generator(co -> {
                    co.yield(1);
                    try {
                        throw new StopIteration();
                    } catch (RuntimeException e) {
                        co.yield(2);
                    }
                    return co.yield(3);
                }))
                .containsExactly(1, 2, 3);
    }

    private static Generator<Object, Object, Object> combinations(List<Integer> of, int count) {
        return generator(co -> {
            if (count > of.size()) {
                return null;
            }
            if (count == 0) {
                return co.yield(List.of());
            }
            List<Integer> rest = of.subList(1, of.size());
            for (Object combination : combinations(rest, count - 1)) {
                List<Object> with = new ArrayList<>(List.of(of.get(0)));
                with.addAll((List<?>) combination);
                co.yield(with);
            }
            for (Object combination : combinations(rest, count)) {
                co.yield(combination);
            }
            return null;
        });
    }

    @Test
    @Tag("test_generators.doctest.email")
    void combinationsComeInOrder() {
        List<Integer> four = List.of(1, 2, 3, 4);
        assertThat(combinations(four, 0)).containsExactly(List.of());
        assertThat(combinations(four, 2))
                .containsExactly(
                        List.of(1, 2), List.of(1, 3), List.of(1, 4), List.of(2, 3), List.of(2, 4), List.of(3, 4));
        assertThat(combinations(four, 4)).containsExactly(four);
        assertThat(combinations(four, 5)).isEmpty();
    }

    @Test
    @Tag("test_generators.doctest.email")
    void flagsAndTypeOfAGenerator() {
        Own<Generator<Object, Object, Object>> me = new Own<>();
        me.is(generator(co -> co.yield(me.get().isRunning())));
        assertThat(me.get().isRunning()).isFalse();
        assertThat(me.get().frame()).isNotNull();
        assertThat(me.get().next()).isEqualTo(true);
        assertThat(me.get().isRunning()).isFalse();
        me.get().close();
    }

    /** A set that finds its root by a generator, which goes over to its parent's once it has one. */
    private static final class DisjointSet {
        private DisjointSet parent;
        private final Generator<Object, Object, Object> roots = generator(co -> {
            while (parent == null) {
                co.yield(this);
            }
            for (Object root : parent.roots) {
                co.yield(root);
            }
            return null;
        });

        Object find() {
            return roots.next();
        }
    }

    @Test
    @Tag("test_generators.doctest.email")
    void unionFindByGeneratorsThatAreShared() {
        List<DisjointSet> sets = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            sets.add(new DisjointSet());
        }
        sets.forEach(set -> assertThat(set.find()).isSameAs(set));
        for (int i = 12; i > 0; i--) {
            sets.get(i).parent = sets.get(i / 2);
            sets.forEach(DisjointSet::find);
        }
        sets.forEach(set -> assertThat(set.find()).isSameAs(sets.get(0)));
    }

    @Test
    @Tag("test_generators.doctest.coroutine")
    void valueSentIsTheValueOfTheYield() {
        List<Object> sums = new ArrayList<>();
        Generator<Object, Object, Object> adder = generator(co -> {
            int count = 0;
            while (count < 200) {
                count += (Integer) co.yield(null);
                sums.add(count);
            }
            return null;
        });
        assertThat(t(() -> adder.send("foo"))).startsWith("TypeError");
        adder.next();
        assertThat(sums).isEmpty();
        for (int i = 0; i < 3; i++) {
            adder.send(10);
        }
        assertThat(sums).containsExactly(10, 20, 30);
        adder.close();
    }

    @Test
    @Tag("test_generators.doctest.coroutine")
    void exceptionsAreThrownAtTheYield() {
        List<Object> log = new ArrayList<>();
        Generator<Object, Object, Object> generator = generator(co -> {
            while (true) {
                try {
                    log.add(co.yield(null));
                } catch (ValueError e) {
                    log.add("caught " + e.getMessage());
                }
            }
        });
        generator.next();
        generator.raise(new ValueError("xyz"));
        assertThat(t(() -> generator.raise(null)))
                .isEqualTo("TypeError: exceptions must be classes or instances deriving from BaseException,"
                        + " not NoneType");
        generator.send(1);
        assertThat(log).containsExactly("caught xyz", 1);
        assertThat(t(() -> generator.raise(oops()))).isEqualTo("Oops");
        assertThat(generator.frame()).isNull();
        assertThat(t(() -> generator.send(2))).isEqualTo("StopIteration");
        assertThat(t(() -> generator.raise(new ValueError("6")))).isEqualTo("ValueError: 6");
        assertThat(t(() -> range(1).raise(new ValueError("7")))).isEqualTo("ValueError: 7");
    }

    @Test
    @Tag("test_generators.doctest.coroutine")
    void exceptionThatPassesKeepsItsStackTrace() {
        Generator<Object, Object, Object> generator = generator(co -> {
            try {
                return co.yield(null);
            } catch (RuntimeException e) {
                throw e;
            }
        });
        generator.next();
        ValueError error = new ValueError("v");
        StackTraceElement[] before = error.getStackTrace();
        assertThat(Cases.raised(() -> generator.raise(error))).isSameAs(error);
        assertThat(error.getStackTrace()).isEqualTo(before);
    }

    @Test
    @Tag("test_generators.doctest.coroutine")
    void closeRaisesTheExitOnce() {
        List<String> log = new ArrayList<>();
        Generator.Body<Object, Object, Object> body = co -> {
            try {
                return co.yield(null);
            } catch (Exception e) {
                log.add("except");
                throw e;
            } catch (GeneratorExit exit) {
                log.add("exiting");
                throw exit;
            } finally {
                log.add("finally");
            }
        };
        Generator<Object, Object, Object> generator = generator(body);
        generator.next();
        generator.close();
        generator.close();
        assertThat(log).containsExactly("exiting", "finally");
        generator(body).close();
        assertThat(log).hasSize(2);
    }

    @Test
    @Tag("test_generators.doctest.coroutine")
    void generatorThatIgnoresItsCloseCanBeClosedAgain() {
        Generator<Object, Object, Object> generator = generator(co -> {
            try {
                return co.yield(null);
            } catch (GeneratorExit exit) {
                return co.yield("foo!");
            }
        });
        generator.next();
        assertThat(tried(generator::close)).isEqualTo("RuntimeError: generator ignored GeneratorExit");
        generator.close();
        Generator<Object, Object, Object> raising = generator(co -> {
            try {
                return co.yield(null);
            } catch (GeneratorExit exit) {
                throw new ValueError("fie!");
            }
        });
        raising.next();
        assertThat(tried(raising::close)).isEqualTo("ValueError: fie!");
    }

    @Test
    @Tag("test_generators.doctest.coroutine")
    void yieldsAreEvaluatedInTheOrderOfTheExpression() {
        int[] data = {1, 2, 0};
        Generator<Object, Object, Object> generator = generator(co -> {
            data[(Integer) co.yield("a")] = data[(Integer) co.yield("b")] + 27;
            return Arrays.toString(data);
        });
        assertThat(generator.send(null)).isEqualTo("a");
        assertThat(generator.send(0)).isEqualTo("b");
        assertThat(t(() -> generator.send(2))).isEqualTo("StopIteration: [27, 2, 0]");
    }
}
