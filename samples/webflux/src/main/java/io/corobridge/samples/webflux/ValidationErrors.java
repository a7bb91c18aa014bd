package io.corobridge.samples.webflux;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.ProblemDetail;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ServerWebInputException;

/** Tells the client which of its values are wrong, and why. */
final class ValidationErrors {
    private ValidationErrors() {}

    static void addTo(ProblemDetail problem, Throwable error) {
        Map<String, String> errors = new LinkedHashMap<>();
        if (error instanceof WebExchangeBindException body) {
            for (FieldError field : body.getFieldErrors()) {
                errors.put(field.getField(), String.valueOf(field.getDefaultMessage()));
            }
        } else if (error instanceof HandlerMethodValidationException parameters) {
            parameters
                    .getParameterValidationResults()
                    .forEach(result -> result.getResolvableErrors()
                            .forEach(message -> errors.put(
                                    String.valueOf(result.getMethodParameter().getParameterName()),
                                    String.valueOf(message.getDefaultMessage()))));
        } else if (error instanceof ServerWebInputException input && input.getMethodParameter() != null) {
            errors.put(
                    String.valueOf(input.getMethodParameter().getParameterName()), String.valueOf(input.getReason()));
        }
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
    }
}
