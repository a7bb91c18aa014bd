package io.corobridge.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Generator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The programs of the doctest groups fun and conjoin of test_generators. */
class GeneratorFunTest {
    private static Generator<Integer, Object, Object> ints(Generator.Body<Integer, Object, Object> body) {
        return Generator.of(body);
    }

    private static Generator<Integer, Object, Object> from(int first) {
        return ints(co -> {
            for (int i = first; ; i++) {
                co.yield(i);
            }
        });
    }

    private static List<Integer> first(int count, Iterator<Integer> source) {
        List<Integer> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(source.next());
        }
        return taken;
    }

    private static Generator<Integer, Object, Object> withoutMultiples(int n, Generator<Integer, ?, ?> source) {
        return ints(co -> {
            for (int i : source) {
                if (i % n != 0) {
                    co.yield(i);
                }
            }
            return null;
        });
    }

    private static Generator<Integer, Object, Object> sieve(Generator<Integer, Object, Object> source) {
        return ints(co -> {
            int prime = source.next();
            co.yield(prime);
            return co.yieldFrom(sieve(withoutMultiples(prime, source)));
        });
    }

    @Test
    @Tag("test_generators.doctest.fun")
    void sieveIsARecursiveGenerator() {
        assertThat(first(7, from(5).iterator())).containsExactly(5, 6, 7, 8, 9, 10, 11);
        assertThat(first(6, withoutMultiples(3, from(1)).iterator())).containsExactly(1, 2, 4, 5, 7, 8);
        assertThat(first(20, sieve(from(2)).iterator()))
                .containsExactly(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71);
    }

    /** What a generator yields, kept to be read any number of times; it may be read by the generator itself. */
    private static final class LazyList implements Iterable<Integer> {
        private final List<Integer> known = new ArrayList<>();
        private Generator<Integer, Object, Object> source;

        int get(int i) {
            while (i >= known.size()) {
                known.add(source.next());
            }
            return known.get(i);
        }

        @Override
        public Iterator<Integer> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Integer next() {
                    return get(next++);
                }
            };
        }
    }

    private static Generator<Integer, Object, Object> times(int n, Iterable<Integer> source) {
        return ints(co -> {
            for (int i : source) {
                co.yield(n * i);
            }
            return null;
        });
    }

    private static Generator<Integer, Object, Object> merge(
            Generator<Integer, ?, ?> left, Generator<Integer, ?, ?> right) {
        return ints(co -> {
            int l = left.next();
            int r = right.next();
            while (true) {
                co.yield(Math.min(l, r));
                int smallest = Math.min(l, r);
                l = l == smallest ? left.next() : l;
                r = r == smallest ? right.next() : r;
            }
        });
    }

    @Test
    @Tag("test_generators.doctest.fun")
    void hammingNumbersFeedOnThemselves() {
        LazyList hamming = new LazyList();
        hamming.source = ints(co -> {
            co.yield(1);
            return co.yieldFrom(merge(merge(times(2, hamming), times(3, hamming)), times(5, hamming)));
        });
        List<Integer> first = first(75, hamming.iterator());
        assertThat(first.subList(0, 15)).containsExactly(1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24);
        assertThat(first.subList(60, 75))
                .containsExactly(400, 405, 432, 450, 480, 486, 500, 512, 540, 576, 600, 625, 640, 648, 675);
    }

    @Test
    @Tag("test_generators.doctest.fun")
    void fibonacciNumbersFeedOnThemselves() {
        LazyList fibonacci = new LazyList();
        fibonacci.source = ints(co -> {
            co.yield(1);
            co.yield(2);
            Iterator<Integer> head = fibonacci.iterator();
            Iterator<Integer> tail = fibonacci.iterator();
            tail.next();
            while (true) {
                co.yield(head.next() + tail.next());
            }
        });
        assertThat(first(17, fibonacci.iterator()))
                .containsExactly(1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584);
    }

    /** All rows of values, one of each source, with backtracking; the row is one array that changes. */
    private static Generator<int[], Object, Object> conjoin(
            List<Supplier<Generator<Integer, Object, Object>>> sources) {
        return conjoin(sources, new int[sources.size()], 0);
    }

    private static Generator<int[], Object, Object> conjoin(
            List<Supplier<Generator<Integer, Object, Object>>> sources, int[] row, int i) {
        return Generator.of(co -> {
            if (i == row.length) {
                co.yield(row);
                return null;
            }
            for (int value : sources.get(i).get()) {
                row[i] = value;
                co.yieldFrom(conjoin(sources, row, i + 1));
            }
            return null;
        });
    }

    @Test
    @Tag("test_generators.doctest.conjoin")
    void conjoinOfRangesIsTheirProduct() {
        for (int n = 0; n < 5; n++) {
            Supplier<Generator<Integer, Object, Object>> bit = () -> ints(co -> {
                co.yield(0);
                co.yield(1);
                return null;
            });
            List<String> rows = new ArrayList<>();
            for (int[] row : conjoin(IntStream.range(0, n).mapToObj(i -> bit).toList())) {
                rows.add(Arrays.toString(row));
            }
            assertThat(rows).hasSize(1 << n).doesNotHaveDuplicates().isSorted();
        }
    }

    /** The columns of a row that no queen before threatens; taken while the rows after it are tried. */
    private static Supplier<Generator<Integer, Object, Object>> queens(int row, int size, boolean[] taken) {
        return () -> ints(co -> {
            for (int column = 0; column < size; column++) {
                int[] lines = {column, size + row + column, 3 * size + size + row - column};
                if (Arrays.stream(lines).noneMatch(line -> taken[line])) {
                    Arrays.stream(lines).forEach(line -> taken[line] = true);
                    co.yield(column);
                    Arrays.stream(lines).forEach(line -> taken[line] = false);
                }
            }
            return null;
        });
    }

    @Test
    @Tag("test_generators.doctest.conjoin")
    void queensAreFoundByBacktracking() {
        int size = 6;
        boolean[] taken = new boolean[6 * size];
        List<String> found = new ArrayList<>();
        for (int[] row : conjoin(
                IntStream.range(0, size).mapToObj(i -> queens(i, size, taken)).toList())) {
            found.add(Arrays.toString(row));
        }
        assertThat(found)
                .containsExactly(
                        "[1, 3, 5, 0, 2, 4]", "[2, 5, 1, 4, 0, 3]", "[3, 0, 4, 1, 5, 2]", "[4, 2, 0, 5, 3, 1]");
    }
}
