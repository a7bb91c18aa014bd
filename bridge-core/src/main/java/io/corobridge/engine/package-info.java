/**
 * Engines: how a body is suspended and resumed. A service-provider interface, not for applications.
 *
 * <p>An engine is a resumable {@link io.corobridge.engine.Frame}, chosen per call: a body, or a method that a body calls, may
 * have frames of one kind while its caller has frames of another. {@link io.corobridge.engine.Exchange} is what the frames of
 * one body and the state machine pass to each other. Public visibility of this package serves code generators and adapters;
 * it may change in any release.
 */
@NullMarked
package io.corobridge.engine;

import org.jspecify.annotations.NullMarked;
