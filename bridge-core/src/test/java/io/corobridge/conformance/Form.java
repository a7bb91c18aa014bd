package io.corobridge.conformance;

import java.util.function.LongFunction;

/** The two forms of programs, each with a recording of its own. */
enum Form {
    /** Generators, coroutines and async generators that are stepped by hand. */
    OBJECTS("traces.txt.gz", Maker::make),
    /** Tasks and what else there is in asyncio, run by an event loop. */
    ASYNCIO("asyncio-traces.txt.gz", LoopMaker::make);

    private final String file;
    private final LongFunction<Program> maker;

    Form(String file, LongFunction<Program> maker) {
        this.file = file;
        this.maker = maker;
    }

    /** The name of the recording. */
    String file() {
        return file;
    }

    Program make(long seed) {
        return maker.apply(seed);
    }
}
