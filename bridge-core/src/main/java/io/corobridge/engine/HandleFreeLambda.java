package io.corobridge.engine;

/** Marks a block of {@code co.with(..)} that the weaver has found to have no handle: it can be called from woven code as it is. */
public interface HandleFreeLambda {}
