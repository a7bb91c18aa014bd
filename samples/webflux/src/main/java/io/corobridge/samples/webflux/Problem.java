package io.corobridge.samples.webflux;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What a body raises to end its request with this status and a text for the client; see {@link ProblemHandler}. */
final class Problem extends ResponseStatusException {
    private static final long serialVersionUID = 1;

    Problem(HttpStatus status, String detail) {
        super(status, detail);
    }

    Problem(HttpStatus status, String detail, @Nullable Throwable cause) {
        super(status, detail, cause);
    }
}
