package kassa.adapters.http.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param quote what the cart costs, if the problem is about that; left out otherwise
 * @param allowed what would be allowed, if the problem is that something is not; left out otherwise
 * @param refundable what can be given back still, if more was asked for; left out otherwise
 */
public record ProblemResponse(
    String type,
    String title,
    int status,
    String code,
    String detail,
    List<Flaw> errors,
    String requestId,
    @JsonInclude(Include.NON_NULL) @Nullable QuoteResponse quote,
    @JsonInclude(Include.NON_NULL) @Nullable List<String> allowed,
    @JsonInclude(Include.NON_NULL) @Nullable String refundable) {

  /** One thing that is wrong with a request. */
  public sealed interface Flaw {}

  /**
   * In the body.
   *
   * @param pointer where, as a JSON pointer (RFC 6901)
   */
  public record BodyFlaw(String pointer, String code, String detail) implements Flaw {}

  /**
   * In the query.
   *
   * @param parameter the parameter's name
   */
  public record QueryFlaw(String parameter, String code, String detail) implements Flaw {}

  /**
   * In a header.
   *
   * @param header the header's name
   */
  public record HeaderFlaw(String header, String code, String detail) implements Flaw {}
}
