package io.corobridge.engine;

import org.jspecify.annotations.Nullable;

/**
 * Woven frames in fixed sizes: {@code O4L2} has four fields for references and two for primitives, which are all kept as long.
 *
 * <p>Few and fixed, rather than one class for each method: there is nothing to generate, to lose from a jar or to load at run
 * time. Each class adds to the fields of the next smaller one.
 */
public final class WovenFrames {
    private WovenFrames() {}

    /** 2 references, 0 primitives. */
    public static class O2L0 extends WovenFrame {
        /** References. */
        public @Nullable Object o0, o1;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O2L0(Resumer resumer) {
            super(resumer);
        }
    }

    /** 2 references, 1 primitives. */
    public static class O2L1 extends O2L0 {
        /** Primitives. */
        public long l0;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O2L1(Resumer resumer) {
            super(resumer);
        }
    }

    /** 2 references, 2 primitives. */
    public static class O2L2 extends O2L1 {
        /** Primitives. */
        public long l1;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O2L2(Resumer resumer) {
            super(resumer);
        }
    }

    /** 2 references, 4 primitives. */
    public static class O2L4 extends O2L2 {
        /** Primitives. */
        public long l2, l3;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O2L4(Resumer resumer) {
            super(resumer);
        }
    }

    /** 4 references, 0 primitives. */
    public static class O4L0 extends O2L0 {
        /** References. */
        public @Nullable Object o2, o3;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O4L0(Resumer resumer) {
            super(resumer);
        }
    }

    /** 4 references, 1 primitives. */
    public static class O4L1 extends O4L0 {
        /** Primitives. */
        public long l0;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O4L1(Resumer resumer) {
            super(resumer);
        }
    }

    /** 4 references, 2 primitives. */
    public static class O4L2 extends O4L1 {
        /** Primitives. */
        public long l1;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O4L2(Resumer resumer) {
            super(resumer);
        }
    }

    /** 4 references, 4 primitives. */
    public static class O4L4 extends O4L2 {
        /** Primitives. */
        public long l2, l3;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O4L4(Resumer resumer) {
            super(resumer);
        }
    }

    /** 6 references, 0 primitives. */
    public static class O6L0 extends O4L0 {
        /** References. */
        public @Nullable Object o4, o5;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O6L0(Resumer resumer) {
            super(resumer);
        }
    }

    /** 6 references, 1 primitives. */
    public static class O6L1 extends O6L0 {
        /** Primitives. */
        public long l0;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O6L1(Resumer resumer) {
            super(resumer);
        }
    }

    /** 6 references, 2 primitives. */
    public static class O6L2 extends O6L1 {
        /** Primitives. */
        public long l1;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O6L2(Resumer resumer) {
            super(resumer);
        }
    }

    /** 6 references, 4 primitives. */
    public static class O6L4 extends O6L2 {
        /** Primitives. */
        public long l2, l3;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O6L4(Resumer resumer) {
            super(resumer);
        }
    }

    /** 10 references, 0 primitives. */
    public static class O10L0 extends O6L0 {
        /** References. */
        public @Nullable Object o6, o7, o8, o9;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O10L0(Resumer resumer) {
            super(resumer);
        }
    }

    /** 10 references, 1 primitives. */
    public static class O10L1 extends O10L0 {
        /** Primitives. */
        public long l0;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O10L1(Resumer resumer) {
            super(resumer);
        }
    }

    /** 10 references, 2 primitives. */
    public static class O10L2 extends O10L1 {
        /** Primitives. */
        public long l1;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O10L2(Resumer resumer) {
            super(resumer);
        }
    }

    /** 10 references, 4 primitives. */
    public static class O10L4 extends O10L2 {
        /** Primitives. */
        public long l2, l3;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O10L4(Resumer resumer) {
            super(resumer);
        }
    }

    /** 16 references, 0 primitives. */
    public static class O16L0 extends O10L0 {
        /** References. */
        public @Nullable Object o10, o11, o12, o13, o14, o15;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O16L0(Resumer resumer) {
            super(resumer);
        }
    }

    /** 16 references, 1 primitives. */
    public static class O16L1 extends O16L0 {
        /** Primitives. */
        public long l0;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O16L1(Resumer resumer) {
            super(resumer);
        }
    }

    /** 16 references, 2 primitives. */
    public static class O16L2 extends O16L1 {
        /** Primitives. */
        public long l1;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O16L2(Resumer resumer) {
            super(resumer);
        }
    }

    /** 16 references, 4 primitives. */
    public static class O16L4 extends O16L2 {
        /** Primitives. */
        public long l2, l3;

        /**
         * Makes one.
         *
         * @param resumer the way back into the method's class
         */
        public O16L4(Resumer resumer) {
            super(resumer);
        }
    }
}
