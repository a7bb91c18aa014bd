package io.corobridge.testkit;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Lets a test signal what it likes, by hand, whatever is requested or cancelled, which is only written down. */
public class HandPublisher<T> implements Publisher<T>, Subscription {
    /** {@code "request 2"}, {@code "cancel"}. */
    public final List<Object> log;

    private volatile @Nullable Subscriber<? super T> subscriber;

    public HandPublisher() {
        this(new CopyOnWriteArrayList<>());
    }

    /** Writes into a log that it may share. */
    public HandPublisher(List<Object> log) {
        this.log = log;
    }

    /** The last one; the test signals to it. */
    public final Subscriber<? super T> subscriber() {
        return Objects.requireNonNull(subscriber);
    }

    /** How often the log tells of a cancel. */
    public final int cancels() {
        return Collections.frequency(log, "cancel");
    }

    @Override
    public void subscribe(Subscriber<? super T> actual) {
        subscriber = actual;
        actual.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        log.add("request " + n);
    }

    @Override
    public void cancel() {
        log.add("cancel");
    }
}
