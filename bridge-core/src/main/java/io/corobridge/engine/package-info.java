/**
 * Engines: how a body is suspended and resumed. A service-provider interface, not for applications.
 *
 * <p>An engine is a resumable {@link io.corobridge.engine.Frame}, chosen per call: a body, or a method that a body calls, may
 * have frames of one kind while its caller has frames of another. {@link io.corobridge.engine.Exchange} is what the frames of
 * one body and the state machine pass to each other, {@link io.corobridge.engine.Frames} what frames call. Public visibility of this package serves code generators and adapters;
 * it may change in any release.
 *
 * <p>Two system properties, each read once: {@code -Dcorobridge.handoff=allow|warn|deny} says what is done about a body or a call
 * that needs a thread of its own, and {@code -Dcorobridge.engine=handoff} gives one to every body that is woven, so that tests and
 * benchmarks can compare the two.
 */
@NullMarked
package io.corobridge.engine;

import org.jspecify.annotations.NullMarked;
