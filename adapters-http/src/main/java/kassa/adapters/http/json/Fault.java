package kassa.adapters.http.json;

/**
 * One thing that is wrong with a request.
 *
 * @param place the part of the request that it is in
 * @param name where in that part: a JSON pointer, or a parameter's or a header's name
 * @param code what is wrong, for programs
 * @param detail what is wrong, for people; never repeats what was sent
 * @param malformed whether the form is wrong, rather than a value of the right form
 */
public record Fault(Place place, String name, String code, String detail, boolean malformed) {

  /** The parts of a request. */
  public enum Place {
    /** The body; names are JSON pointers (RFC 6901). */
    BODY,
    /** The query of the URI; names are those of parameters. */
    QUERY,
    /** The headers; names are those of headers. */
    HEADER
  }
}
