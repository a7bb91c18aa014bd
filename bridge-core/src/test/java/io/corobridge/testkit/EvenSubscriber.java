package io.corobridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.reactivestreams.Publisher;

/** Has a use for even elements only. An adapter adds its library's interface for subscribers that say so. */
public class EvenSubscriber extends RecordingSubscriber<Integer> {
    public EvenSubscriber() {
        super(2);
    }

    /** Whether the element was of use. */
    public boolean tryOnNext(Integer element) {
        if (element % 2 == 0) {
            onNext(element);
            return true;
        }
        return false;
    }

    /** The elements that are of no use take nothing off the demand: of 1, 2 and so on, two come, and one more when that is asked for. */
    public final void assertThatOddOnesTakeNothingOffTheDemand(Publisher<Integer> numbers) {
        numbers.subscribe(this);
        assertThat(signals).containsExactly(2, 4);
        request(1);
        assertThat(signals).containsExactly(2, 4, 6);
        cancel();
    }
}
