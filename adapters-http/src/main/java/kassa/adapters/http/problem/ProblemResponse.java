package kassa.adapters.http.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.List;
import java.util.Map;

/**
 * JSON body of an error response: problem details (RFC 9457).
 *
 * @param type the problem type, a path on this server such as {@code /problems/not-found}
 * @param title short text of the problem type, for people
 * @param status the HTTP status
 * @param code the error code, for programs
 * @param detail what is wrong with this request and what the client can do
 * @param errors the violations in the request; empty if there are none
 * @param requestId id of the request in the server log
 * @param extensions extension members of RFC 9457, written as members of the object
 */
public record ProblemResponse(
    String type,
    String title,
    int status,
    String code,
    String detail,
    List<RequestViolation> errors,
    String requestId,
    @JsonAnyGetter Map<String, Object> extensions) {}
