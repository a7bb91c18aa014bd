package io.corobridge.rxjava3;

import io.corobridge.testkit.RecordingSubscriber;
import io.reactivex.rxjava3.core.FlowableSubscriber;

/** Writes down what it gets; RxJava takes it for its own, and puts no guard before it. Tests may override what it does. */
class Recording<T> extends RecordingSubscriber<T> implements FlowableSubscriber<T> {
    Recording(long demand) {
        super(demand);
    }
}
