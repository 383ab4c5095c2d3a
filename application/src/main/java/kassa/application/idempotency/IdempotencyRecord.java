package kassa.application.idempotency;

import java.time.Instant;
import kassa.domain.order.OrderId;

/**
 * Record of a completed request with an idempotency key, from which retries are answered (replay).
 *
 * @param request the request
 * @param createdAt when the request was completed, to the microsecond
 * @param result the result of the request
 */
public record IdempotencyRecord(IdempotentRequest request, Instant createdAt, Result result) {

  /** Returns the key of the request. */
  public IdempotencyKey key() {
    return request.key();
  }

  /** Result of a completed request. */
  public sealed interface Result {

    /**
     * An order was placed. What a retry receives follows from the stored order.
     *
     * @param id the id of the order
     */
    record PlacedOrder(OrderId id) implements Result {}

    /**
     * Another request was completed.
     *
     * @param content the response, in the notation of the adapter that received the request
     */
    record Response(String content) implements Result {}
  }
}
