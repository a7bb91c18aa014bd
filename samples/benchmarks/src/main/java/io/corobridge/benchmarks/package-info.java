/** JMH benchmarks: what Corobridge's objects cost, beside their peers in the same run. {@code docs/performance.md} has figures. */
@NullMarked
package io.corobridge.benchmarks;

import org.jspecify.annotations.NullMarked;
