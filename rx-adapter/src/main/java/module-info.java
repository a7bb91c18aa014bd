/** Corobridge for RxJava 3: coroutines and async generators as RxJava's types, and the other way round. */
@SuppressWarnings("module") // the digit is RxJava's own
module io.corobridge.rxjava3 {
    requires transitive io.corobridge;
    requires transitive io.reactivex.rxjava3;
    requires transitive org.reactivestreams;

    provides io.corobridge.streams.PublisherSupport with
            io.corobridge.rxjava3.Awaits;

    exports io.corobridge.rxjava3;
}
