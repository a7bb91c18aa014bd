/**
 * Coroutines and async generators as RxJava 3's types, and the other way round.
 *
 * <ul>
 *   <li>{@link io.corobridge.rxjava3.CoSingle}, {@link io.corobridge.rxjava3.CoMaybe},
 *       {@link io.corobridge.rxjava3.CoCompletable}: a coroutine as one of these, one of these to be awaited, and operators
 *       written as bodies.
 *   <li>{@link io.corobridge.rxjava3.CoFlowable}: an async generator as a Flowable, a Flowable as an async iterable, and
 *       operators written as bodies.
 *   <li>Inside a body, {@code co.await(flowable)} and {@code co.each(flowable)} need nothing from here.
 * </ul>
 */
@NullMarked
package io.corobridge.rxjava3;

import org.jspecify.annotations.NullMarked;
