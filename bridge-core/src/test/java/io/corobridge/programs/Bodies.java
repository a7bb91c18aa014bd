package io.corobridge.programs;

/** Makes the objects of a program's bodies, on some engine. */
interface Bodies {
    /** Makes the object of the k-th body: a coroutine or a generator. */
    Object make(World world, int k, Program.Body body);
}
