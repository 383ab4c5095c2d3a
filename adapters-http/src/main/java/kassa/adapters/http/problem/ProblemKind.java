package kassa.adapters.http.problem;

import java.util.Locale;

/** Error codes of the API, each with its HTTP status and title. */
public enum ProblemKind {
  MALFORMED_JSON(400, "The body is not valid JSON"),
  INVALID_REQUEST(400, "The request does not match the API contract"),
  INVALID_CURSOR(400, "Invalid cursor"),
  BAD_REQUEST(400, "Malformed HTTP request"),
  UNAUTHENTICATED(401, "Authentication required"),
  LOGIN_FAILED(401, "Invalid email or password"),
  FORBIDDEN(403, "Permission denied"),
  PASSWORD_CHANGE_REQUIRED(403, "The password must be changed first"),
  CSRF_REJECTED(403, "Cross-site request rejected (CSRF protection)"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  NOT_ACCEPTABLE(406, "None of the accepted media types is available"),
  REQUEST_TIMEOUT(408, "The request body arrived too slowly"),
  PRICE_CHANGED(409, "The price differs from the expected price"),
  INVALID_TRANSITION(409, "The current status does not allow this transition"),
  REQUEST_IN_PROGRESS(409, "A request with this idempotency key is still running"),
  BATCH_ABORTED(409, "Not placed because another order of the batch was rejected"),
  LIMIT_EXHAUSTED(409, "A usage limit does not allow all orders of the batch"),
  REFUND_EXCEEDS_PAID(409, "The refund exceeds the amount paid"),
  TOO_MANY_REFUNDS(409, "The order has reached the maximum number of refunds"),
  PRODUCT_EXISTS(409, "A product with this SKU already exists"),
  CODE_TAKEN(409, "The code already exists"),
  RULE_ARCHIVED(409, "The rule is archived"),
  TOO_MANY_RULES(409, "The maximum number of active rules is reached"),
  RULE_ACTIVE_WITHOUT_CODE(409, "The active rule applies without a code; pause it first"),
  TOO_MANY_WEBHOOKS(409, "The maximum number of webhook endpoints is reached"),
  TOO_MANY_SECRETS(409, "The webhook endpoint has two secrets"),
  EMAIL_TAKEN(409, "A user with this email already exists"),
  LAST_ADMIN(409, "The last admin cannot be disabled or demoted"),
  CURSOR_EXPIRED(410, "The events after the cursor are not all available"),
  PRECONDITION_FAILED(412, "The version does not match If-Match or If-None-Match"),
  CONTENT_TOO_LARGE(413, "The request body is too large"),
  URI_TOO_LONG(414, "The request URI is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  INVALID_VALUE(422, "The body contains an invalid value"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for a different request"),
  CODE_REJECTED(422, "A code does not apply"),
  BATCH_TOO_LARGE(422, "The orders of the batch have too many lines and discounts"),
  PRECONDITION_REQUIRED(428, "The If-Match header is required"),
  TOO_MANY_ATTEMPTS(429, "Too many attempts"),
  RATE_LIMITED(429, "Rate limit exceeded"),
  HEADERS_TOO_LARGE(431, "The request headers are too large"),
  INTERNAL_ERROR(500, "Internal server error"),
  CONCURRENT_UPDATE(503, "Too many concurrent updates; retry"),
  READ_ONLY(503, "The database is read-only"),
  STORE_UNAVAILABLE(503, "The database is unavailable"),
  OVERLOADED(503, "Too many concurrent requests"),
  STARTING(503, "The server is starting"),
  WARMING_UP(503, "The server is warming up"),
  SHUTTING_DOWN(503, "The server is shutting down"),
  DEADLINE_EXCEEDED(503, "The batch deadline passed before this order started");

  private final int status;
  private final String title;

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** Returns the error code for clients, such as {@code not_found}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the problem type of RFC 9457, such as {@code /problems/not-found}. */
  public String type() {
    return "/problems/" + code().replace('_', '-');
  }

  /**
   * Returns whether a retry of the same request can succeed: the status is 503, or the first
   * request with the idempotency key is still running.
   */
  public boolean isTransient() {
    return status == 503 || this == REQUEST_IN_PROGRESS;
  }
}
