package io.corobridge.weaving.fuzz;

/** Makes the statements of a method or lambda that returns a value. */
interface Blocks {
    /**
     * Makes them.
     *
     * @param scope of the method; its {@link Scope#returns} is not null
     * @param size about how many statements
     * @return statements that cannot complete normally
     */
    Node returning(Scope scope, int size);
}
