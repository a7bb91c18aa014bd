/** Corobridge for RxJava 3: the place of the bridge between coroutines and RxJava's types. */
@SuppressWarnings("module") // the digit is RxJava's own
module io.corobridge.rxjava3 {
    requires transitive io.corobridge;
    requires transitive io.reactivex.rxjava3;
}
