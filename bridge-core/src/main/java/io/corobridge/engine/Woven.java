package io.corobridge.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Put by the weaver on what it has woven: on a class that it need not look at again, and on each method that can suspend by
 * frames. On a constructor it says that it does nothing with the handle that it is given but keep it. In source code only on the
 * classes of this library that the weaver must leave alone.
 *
 * <p>Kept at run time: a call site asks for it, once for each class of receiver, because the method that it ends in may be an
 * override or a proxy that is not woven.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Woven {
    /**
     * For a method that does nothing but call another one on the same object and return: it can suspend when that one can.
     *
     * @return name and descriptor of the other method; empty for a method that has frames of its own
     */
    String forwards() default "";
}
