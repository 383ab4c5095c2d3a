package kassa.adapters.http.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.List;
import java.util.Map;

/**
 * Why a request was not answered as it was meant to be: a problem of RFC 9457.
 *
 * @param type names the kind of problem, as a path on this server
 * @param title what the kind of problem is, for people
 * @param status the HTTP status
 * @param code names the kind of problem, for programs
 * @param detail what it is this time
 * @param errors all that is wrong with the request, if that is the problem
 * @param requestId finds the request in the server's log
 * @param extensions extension members of RFC 9457, each a member of the object
 */
public record ProblemResponse(
    String type,
    String title,
    int status,
    String code,
    String detail,
    List<Violation> errors,
    String requestId,
    @JsonAnyGetter Map<String, Object> extensions) {

  /** One thing that is wrong with a request. */
  public sealed interface Violation {}

  /**
   * In the body.
   *
   * @param pointer where, as a JSON pointer (RFC 6901)
   */
  public record BodyViolation(String pointer, String code, String detail) implements Violation {}

  /**
   * In the query.
   *
   * @param parameter the parameter's name
   */
  public record QueryViolation(String parameter, String code, String detail) implements Violation {}

  /**
   * In a header.
   *
   * @param header the header's name
   */
  public record HeaderViolation(String header, String code, String detail) implements Violation {}
}
