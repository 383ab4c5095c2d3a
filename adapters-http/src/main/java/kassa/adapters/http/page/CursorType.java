package kassa.adapters.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import kassa.domain.catalogue.Sku;
import kassa.domain.event.EventPosition;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.UserId;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderSortKey;
import kassa.domain.rule.RuleId;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.WebhookEndpointId;

/**
 * Kind of list that has cursors, and the binary form of a position in it. Kinds and forms must not
 * change, so that clients can use their cursors after an update.
 *
 * @param <P> type of a position
 * @param kind first byte of a cursor, so that a cursor of one list is invalid for another; kind 1
 *     was the position of an order without its total
 * @param encode returns the bytes of a position
 * @param decode returns the position of these bytes; up to two zero bytes can follow them
 */
public record CursorType<P>(byte kind, Function<P, byte[]> encode, Function<byte[], P> decode) {

  /** Products by SKU. */
  public static final CursorType<Sku> PRODUCTS = text(2, Sku::value, Sku::new);

  /** Rules in their order of creation. */
  public static final CursorType<RuleId> RULES = text(3, RuleId::value, RuleId::new);

  /** Codes by key. */
  public static final CursorType<String> CODES = text(4, key -> key, key -> key);

  /** Orders by time or total. */
  public static final CursorType<OrderSortKey> ORDERS =
      new CursorType<>((byte) 5, CursorType::encodeOrder, CursorType::decodeOrder);

  /** Users in their order of registration. */
  public static final CursorType<UserId> USERS = text(6, UserId::toString, UserId::parse);

  /** API keys in their order of issue. */
  public static final CursorType<ApiKeyId> API_KEYS = text(7, ApiKeyId::toString, ApiKeyId::parse);

  /** Audit events by number, newest first. */
  public static final CursorType<Long> AUDIT_EVENTS = text(8, String::valueOf, Long::valueOf);

  /** Events in their order. */
  public static final CursorType<EventPosition> EVENTS =
      new CursorType<>((byte) 9, CursorType::encodeEvent, CursorType::decodeEvent);

  /** Webhook endpoints in their order of creation. */
  public static final CursorType<WebhookEndpointId> WEBHOOK_ENDPOINTS =
      text(10, WebhookEndpointId::toString, WebhookEndpointId::parse);

  /** Deliveries of a webhook endpoint, newest first. */
  public static final CursorType<DeliveryId> DELIVERIES =
      text(11, DeliveryId::toString, DeliveryId::parse);

  private static final int TOTAL_BYTES = 12;

  private static final int ORDER_BYTES = Long.BYTES * 3 + TOTAL_BYTES;

  /** Creates the type of a list whose positions are texts that contain no zero byte. */
  private static <P> CursorType<P> text(
      int kind, Function<P, String> format, Function<String, P> parse) {
    return new CursorType<>(
        (byte) kind,
        position -> format.apply(position).getBytes(UTF_8),
        bytes -> parse.apply(withoutZeroBytes(bytes)));
  }

  private static String withoutZeroBytes(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, UTF_8);
  }

  private static byte[] encodeEvent(EventPosition position) {
    return ByteBuffer.allocate(Long.BYTES * 3)
        .putLong(position.transaction())
        .putLong(position.number())
        .putLong(position.check())
        .array();
  }

  private static EventPosition decodeEvent(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new EventPosition(buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  private static byte[] encodeOrder(OrderSortKey position) {
    UUID id = position.id().value();
    byte[] total = position.total().unscaledValue().toByteArray();
    return ByteBuffer.allocate(ORDER_BYTES)
        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.placedAt()))
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .position(ORDER_BYTES - total.length)
        .put(total)
        .array();
  }

  private static OrderSortKey decodeOrder(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Instant placedAt = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
    OrderId id = new OrderId(new UUID(buffer.getLong(), buffer.getLong()));
    BigInteger total = new BigInteger(bytes, buffer.position(), TOTAL_BYTES);
    return new OrderSortKey(placedAt, id, new BigDecimal(total, OrderSortKey.DECIMAL_PLACES));
  }
}
