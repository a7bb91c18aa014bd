/**
 * The bridge to RxJava 3: coroutines and async generators as Single, Maybe, Completable, Flowable and Observable, and
 * these awaited and iterated in coroutines. Nothing of it is here yet.
 */
@NullMarked
package io.corobridge.rxjava3;

import org.jspecify.annotations.NullMarked;
