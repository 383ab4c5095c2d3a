package kassa.adapters.http;

import java.util.Locale;

/** The kinds of problem that a request can meet, each with its HTTP status. */
enum ProblemKind {
  MALFORMED_JSON(400, "The body is not JSON"),
  INVALID_REQUEST(400, "The request does not have the form that the contract gives it"),
  INVALID_CURSOR(400, "The cursor is none that was given out here"),
  BAD_REQUEST(400, "The request is not HTTP as it should be"),
  UNAUTHENTICATED(401, "Nobody is known who sent this"),
  LOGIN_FAILED(401, "Nobody signs in like this"),
  FORBIDDEN(403, "Who sent this may not do it"),
  PASSWORD_DUE(403, "The password has to be changed first"),
  CROSS_SITE(403, "A page of another site sent this, or may have"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "This cannot be done here"),
  NOT_ACCEPTABLE(406, "The answer cannot be given in a form that the request accepts"),
  BODY_TOO_SLOW(408, "The body takes too long"),
  PRICE_CHANGED(409, "The price is not the one that was expected"),
  INVALID_TRANSITION(409, "The status does not allow this"),
  REQUEST_IN_PROGRESS(409, "The same request is under way"),
  ORDERS_WITHHELD(409, "Another order of the batch was refused"),
  REFUND_EXCEEDS_PAID(409, "More than was paid cannot be given back"),
  TOO_MANY_REFUNDS(409, "The order has as many refunds as an order may have"),
  PRODUCT_EXISTS(409, "There is a product of this sku already"),
  CODE_TAKEN(409, "The code is kept already"),
  RULE_ARCHIVED(409, "The rule is archived"),
  TOO_MANY_RULES(409, "As many rules are in force as there may be"),
  RULE_OPEN_TO_ALL(409, "The rule is in force for everybody"),
  EMAIL_TAKEN(409, "There is a user of this address already"),
  LAST_ADMIN(409, "Nobody would be left who manages users"),
  PRECONDITION_FAILED(412, "What the request demands of the thing as it is does not hold"),
  CONTENT_TOO_LARGE(413, "The body is too large"),
  URI_TOO_LONG(414, "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body is not in a form that is read here"),
  INVALID_VALUE(422, "Something in the body has a value that is not allowed"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key names another request"),
  CODE_REJECTED(422, "A code brings nothing"),
  PRECONDITION_REQUIRED(428, "If-Match has to say which version is meant"),
  THROTTLED(429, "This was tried too often"),
  TOO_MANY_CALLS(429, "As many calls were made as may be made in a minute"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL_ERROR(500, "Something broke inside the server"),
  CONTENDED(503, "Others took of the same limits all the time"),
  STORE_UNAVAILABLE(503, "The store cannot be reached"),
  OVERLOADED(503, "As many requests are under way as there may be"),
  STOPPING(503, "The server is stopping"),
  DEADLINE_EXCEEDED(503, "There was no time left to begin this");

  private final int status;
  private final String title;

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** Names the kind for programs: {@code not_found}. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Names the kind as a path: {@code /problems/not-found}. */
  String type() {
    return "/problems/" + code().replace('_', '-');
  }

  /** Whether the same request may well succeed a little later. */
  boolean isPassing() {
    return status == 503;
  }
}
