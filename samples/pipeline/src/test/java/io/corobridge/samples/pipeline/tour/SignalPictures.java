package io.corobridge.samples.pipeline.tour;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import io.corobridge.reactor.CoMono;
import io.corobridge.sight.Timeline;
import io.corobridge.sight.Tracer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The programs behind the pictures of docs/signals.md: a subscriber and a body, with what passes between them. */
@SuppressWarnings("try") // tracers are open, not used
final class SignalPictures {
    private final Timeline timeline = new Timeline();

    private SignalPictures() {}

    /** Each picture by the name of its file, without the ending. */
    static Map<String, String> all() {
        Map<String, String> pictures = new LinkedHashMap<>();
        pictures.put("signals-request", request());
        pictures.put("signals-cancel", cancel());
        pictures.put("signals-error", error());
        return pictures;
    }

    /** A subscriber that tells what it does and what it is told. */
    private final class Told implements CoreSubscriber<Object> {
        private Subscription subscription;

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
        }

        void request() {
            timeline.note("subscriber", "request(1)");
            subscription.request(1);
        }

        void cancel() {
            timeline.note("subscriber", "cancel()");
            subscription.cancel();
        }

        @Override
        public void onNext(Object element) {
            timeline.note("subscriber", "onNext(" + element + ")");
        }

        @Override
        public void onError(Throwable error) {
            timeline.note("subscriber", "onError(" + error.getClass().getSimpleName() + ")");
        }

        @Override
        public void onComplete() {
            timeline.note("subscriber", "onComplete()");
        }
    }

    private Tracer trace() {
        return Tracer.start(name -> name.startsWith("SignalPictures."), timeline);
    }

    /** A source that is shown by a short name. */
    private static <T> Mono<T> shown(String name, Mono<T> source) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> subscriber) {
                source.subscribe(subscriber);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    private static String request() {
        SignalPictures picture = new SignalPictures();
        Told subscriber = picture.new Told();
        try (Tracer tracer = picture.trace()) {
            CoFlux.from(AsyncGenerator.of("numbers", co -> {
                        co.yield(1);
                        co.yield(2);
                    }))
                    .subscribe(subscriber);
            subscriber.request();
            subscriber.request();
            subscriber.request();
        }
        return picture.timeline.svg("Demand: a request is a step, a yield is onNext, the end is onComplete");
    }

    private static String cancel() {
        SignalPictures picture = new SignalPictures();
        Told subscriber = picture.new Told();
        Sinks.Empty<Object> released = Sinks.empty();
        Mono<Object> release = shown("release()", released.asMono());
        try (Tracer tracer = picture.trace()) {
            CoFlux.from(AsyncGenerator.of("rows", co -> {
                        try {
                            co.yield("row 1");
                            co.yield("row 2");
                        } finally {
                            co.await(release);
                        }
                    }))
                    .subscribe(subscriber);
            subscriber.request();
            subscriber.cancel();
            picture.timeline.note("database", "has released");
            released.tryEmitEmpty();
        }
        return picture.timeline.svg("Cancel: an awaited close, driven to the end of its clean-up");
    }

    private static String error() {
        SignalPictures picture = new SignalPictures();
        Told subscriber = picture.new Told();
        Sinks.One<Object> answer = Sinks.one();
        Mono<Object> query = shown("query()", answer.asMono());
        try (Tracer tracer = picture.trace()) {
            picture.timeline.note("subscriber", "subscribe()");
            CoMono.from(Coroutine.of("handler", co -> {
                        Object row = co.await(Coroutine.of("load", in -> in.await(query)));
                        return "row " + row;
                    }))
                    .subscribe(subscriber);
            picture.timeline.note("database", "onError(IOException)");
            answer.tryEmitError(new IOException("down"));
        }
        return picture.timeline.svg("Error: raised at the await, the same instance, and so from body to body");
    }
}
