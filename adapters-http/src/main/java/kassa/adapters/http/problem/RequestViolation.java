package kassa.adapters.http.problem;

/**
 * One violation in a request, as an element of {@code errors} in a problem. Each has a code for
 * programs and a detail for people, which never repeats the input.
 */
public sealed interface RequestViolation {

  /**
   * Violation in the body.
   *
   * @param pointer the place in the body, as a JSON pointer (RFC 6901)
   */
  record Body(String pointer, String code, String detail) implements RequestViolation {}

  /**
   * Violation in the query string.
   *
   * @param parameter the name of the query parameter
   */
  record QueryParameter(String parameter, String code, String detail) implements RequestViolation {}

  /**
   * Violation in the headers.
   *
   * @param header the name of the header
   */
  record Header(String header, String code, String detail) implements RequestViolation {}
}
