package com.example.shrunk;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorCo;
import io.corobridge.AsyncIterable;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.rxjava3.CoFlowable;
import io.corobridge.rxjava3.CoSingle;
import io.corobridge.samples.android.News;
import io.corobridge.samples.android.Server;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Uses what R8's rules have to keep, and prints what comes out, one line each. A body, or a callee of one, that is not found to be
 * woven would need a thread; the program is run with {@code -Dcorobridge.handoff=deny}.
 */
public final class Program {
    private Program() {}

    /** A helper that bodies see as an interface only. */
    interface Step {
        int take(Co co, int from);

        /** Woven, and inherited. */
        default int twice(Co co, int from) {
            return take(co, take(co, from));
        }
    }

    /** Another one. */
    interface Ask {
        String ask(Co co, Question question);
    }

    /** A type of the program's own, in the signature of a woven method. */
    record Question(String text) {}

    /** A type that is named by a constructor only. */
    record Topic(String text) {}

    /** Keeps the handle that it is made with, which a call site has to know of its constructor. */
    private static final class Keeper {
        final Co co;
        final Topic topic;

        Keeper(Co co, Topic topic) {
            this.co = co;
            this.topic = topic;
        }
    }

    /** A helper that is a class, with a type of the program's own in its signature. */
    private static final class Quiet implements Ask {
        @Override
        public String ask(Co co, Question question) {
            return co.await(later(question.text()));
        }
    }

    /** A generic helper of the program's own, whose type does not name a handle. */
    interface Call<A, R> {
        R call(A argument);
    }

    /** A body that is a class. */
    record Countdown(int from) implements Generator.Body<Integer, Object, String> {
        @Override
        public String run(GeneratorCo<Integer, Object> co) {
            for (int i = from; i > 0; i--) {
                co.yield(i);
            }
            return "done";
        }
    }

    /** Helpers that are classes; of the two, a call site cannot know which it meets. */
    private static final class Plus implements Step {
        private final int amount;

        Plus(int amount) {
            this.amount = amount;
        }

        @Override
        public int take(Co co, int from) {
            return from + co.await(later(amount));
        }
    }

    private static final class Times implements Step {
        @Override
        public int take(Co co, int from) {
            return from * co.await(later(2)) + own(co);
        }

        private int own(Co co) {
            return co.await(later(0));
        }
    }

    public static void main(String[] arguments) {
        System.out.println("lambda " + list(Generator.ofVoid(Program::squares)));
        System.out.println("class " + list(Generator.of(new Countdown(3))));
        System.out.println("helpers " + Asyncio.run(Coroutine.of(Program::helpers)));
        System.out.println("asked " + Asyncio.run(Coroutine.of(Program::asked)));
        System.out.println("constructor " + Asyncio.run(Coroutine.of(Program::kept)));
        System.out.println("tasks " + Asyncio.run(Coroutine.of(Program::tasks)));
        System.out.println(
                "single " + CoSingle.from(Coroutine.of(Program::single)).blockingGet());
        System.out.println("flowable "
                + CoFlowable.from(AsyncGenerator.<Integer, Object>of(co -> {
                            for (int each : co.each(Flowable.range(1, 3))) {
                                co.yield(each * co.await(later(10)));
                            }
                        }))
                        .toList()
                        .blockingGet());
        System.out.println("stage "
                + Flowable.range(1, 3)
                        .compose(CoFlowable.<Integer, Integer>stage((co, source) -> doubled(co, source)))
                        .toList()
                        .blockingGet());
        System.out.println("kotlin " + KotlinProgramKt.kotlin());
        System.out.println("news "
                + KotlinProgramKt.await(new News(Program::answer).frontPage())
                        .get(0)
                        .text());
        System.out.println("threads " + threadsOfBodies());
    }

    private static void squares(GeneratorCo<Integer, Object> co) {
        for (int i = 1; i <= 3; i++) {
            co.yield(i * i);
        }
    }

    private static int helpers(Co co) {
        Step[] steps = {new Plus(1), new Times(), (inner, from) -> from + inner.await(later(100)), Program::minus};
        int value = 1;
        for (Step step : steps) {
            value = step.twice(co, step.take(co, value));
        }
        Function<Co, Integer> function = inner -> inner.await(later(1000));
        Call<Co, Integer> call = inner -> inner.await(later(10000));
        return value + function.apply(co) + call.call(co);
    }

    private static String asked(Co co) {
        Ask[] asks = {(inner, question) -> question.text() + inner.await(later("!")), Program::shout, new Quiet()};
        StringBuilder answers = new StringBuilder();
        for (Ask ask : asks) {
            answers.append(ask.ask(co, new Question("why"))).append(' ');
        }
        return answers.toString().trim();
    }

    private static String shout(Co co, Question question) {
        return co.await(later(question.text())).toUpperCase(Locale.ROOT);
    }

    private static String kept(Co co) {
        Keeper keeper = new Keeper(co, new Topic("kept"));
        boolean own = keeper.co == co;
        return own + " " + keeper.topic.text() + co.await(later("."));
    }

    private static int minus(Co co, int from) {
        return from - co.await(later(1));
    }

    private static Object tasks(Co co) {
        return co.await(Asyncio.gather(Coroutine.of(Program::helpers), Coroutine.of(inner -> {
            inner.await(Asyncio.sleep(0));
            return "slept";
        })));
    }

    private static String single(Co co) {
        return co.await(CoSingle.awaitable(Single.just("a"))) + co.await(later("b"));
    }

    private static void doubled(AsyncGeneratorCo<Integer, Void> co, AsyncIterable<Integer> source) {
        for (int each : co.each(source)) {
            co.yield(each);
            co.yield(each);
        }
    }

    private static Server.Request answer(String path, Server.Callback callback) {
        callback.answered(path);
        return () -> {};
    }

    /** Suspends, since a stage that is complete would not. */
    private static <T> Awaitable<T> later(T value) {
        return Awaitables.create(completion -> completion.complete(value));
    }

    private static <T> List<T> list(Iterable<T> iterable) {
        List<T> list = new ArrayList<>();
        iterable.forEach(list::add);
        return list;
    }

    private static List<String> threadsOfBodies() {
        return list(Thread.getAllStackTraces().keySet()).stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("corobridge-body"))
                .toList();
    }
}
