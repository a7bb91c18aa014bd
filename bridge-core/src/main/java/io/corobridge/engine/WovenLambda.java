package io.corobridge.engine;

/** Marks a lambda or method reference whose code is woven: the weaver adds it to those that are given a handle. */
public interface WovenLambda {}
