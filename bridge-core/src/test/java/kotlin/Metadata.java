package kotlin;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** What the Kotlin compiler puts on each class, for tests that run without Kotlin. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Metadata {}
