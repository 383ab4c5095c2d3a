package kassa.adapters.http.routing;

/** The group of permits that an endpoint uses. */
public enum RequestClass {
  /** Health and version endpoints: need no permit and are never rejected. */
  UNLIMITED,
  /** Endpoints for anonymous callers: login, the contract and its page. */
  OPEN,
  /** Endpoints that handle one thing per request. */
  SINGLE,
  /** Batches and streams of orders. */
  BATCH,
  /** Imports of products. */
  IMPORT,
  /** Exports of orders. */
  EXPORT,
  /** Sales reports. */
  REPORT,
  /** Streams of events, which last as long as the client stays. */
  EVENTS;

  /** Returns whether the run time of a request grows with the amount of data. */
  boolean isBulk() {
    return compareTo(BATCH) >= 0;
  }
}
