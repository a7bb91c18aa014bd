package io.corobridge.reactor.spring;

/** What goes over the wire. */
record Greeting(String name, int number) {}
