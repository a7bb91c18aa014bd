package io.corobridge.weaver.transform;

import org.objectweb.asm.tree.analysis.Value;

/** Where a value in a method comes from, as far as it matters whether it holds the method's handle. */
enum Origin implements Value {
    /** The handle that the method was given. */
    OWN(1),
    /** A handle that may be another one. */
    FOREIGN(1),
    /** Holds the handle: a lambda that captured it, an object that was made with it. */
    HOLDER(1),
    /** What {@code co.each(..)} returned. */
    LOOP(1),
    /** An iterator of a collection, which is not a loop of ours. */
    COLLECTION_ITERATOR(1),
    /** The method's receiver. */
    THIS(1),
    /** The constant null. */
    NULL(1),
    /** Anything else of one slot. */
    OTHER(1),
    /** Anything else of two slots. */
    WIDE(2),
    /** Nothing that can be used. */
    NONE(1);

    private final int size;

    Origin(int size) {
        this.size = size;
    }

    @Override
    public int getSize() {
        return size;
    }

    /** What a value is when it is the one or the other. */
    Origin or(Origin other) {
        if (this == other) {
            return this;
        }
        if (this == NONE || other == NONE || size != other.size) {
            return NONE;
        }
        if (this == NULL) {
            return other == OWN ? FOREIGN : other;
        }
        if (other == NULL) {
            return this == OWN ? FOREIGN : this;
        }
        if (this == OWN || other == OWN || this == FOREIGN || other == FOREIGN) {
            return FOREIGN;
        }
        if (this == HOLDER || other == HOLDER) {
            return HOLDER;
        }
        return this == LOOP || other == LOOP ? LOOP : OTHER;
    }
}
