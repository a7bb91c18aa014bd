package io.corobridge.samples.android;

import java.io.IOException;

/** A client of the kind that apps have: it calls back, on a thread of its own. */
public interface Server {
    /**
     * Sends a request.
     *
     * @param path what to get
     * @param callback is told the outcome
     * @return the request
     */
    Request get(String path, Callback callback);

    /** A request on its way. */
    interface Request {
        /** Gives it up. The callback is not told. */
        void cancel();
    }

    /** Is told the outcome of one request. */
    interface Callback {
        /**
         * The server has answered.
         *
         * @param body the answer
         */
        void answered(String body);

        /**
         * It has not.
         *
         * @param error why
         */
        void failed(IOException error);
    }
}
