package kassa.adapters.http.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.domain.catalogue.Sku;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.UserId;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderSortKey;
import kassa.domain.rule.RuleId;

/**
 * Tamper-proof cursors of keyset pagination: a position in a list, signed with HMAC-SHA-256 and the
 * key of the installation. Clients cannot create or change a cursor. Thread-safe.
 */
public final class Cursors {

  private static final String ALGORITHM = "HmacSHA256";

  /**
   * First byte of a cursor: the kind of list, so that a cursor of one list is invalid for another.
   */
  private static final byte PRODUCTS_BY_SKU = 2;

  private static final byte RULES_BY_CREATION = 3;

  private static final byte CODES_BY_KEY = 4;

  /** Kind 1 was the position of an order without its total. */
  private static final byte ORDERS = 5;

  private static final byte USERS_BY_REGISTRATION = 6;

  private static final byte API_KEYS_BY_ISSUE = 7;

  private static final byte EVENTS_NEWEST_FIRST = 8;

  private static final int TOTAL_BYTES = 12;

  private static final int POSITION_BYTES = 1 + Long.BYTES * 3 + TOTAL_BYTES;

  /**
   * Length of the truncated HMAC. Together with the position it is a multiple of three bytes, so
   * that each cursor has exactly one Base64 form.
   */
  private static final int MAC_BYTES = 17;

  private final SecretKey key;

  /**
   * @param key the signing key; it must be the same on all nodes and after a restart
   */
  public Cursors(SecretKey key) {
    this.key = key;
  }

  /**
   * Returns the cursor of the position after an order.
   *
   * @param search canonical text of the filters and the sort order; the cursor is valid only with
   *     the same text
   */
  public String write(OrderSortKey position, String search) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, position.placedAt());
    UUID id = position.id().value();
    byte[] total = position.total().unscaledValue().toByteArray();
    byte[] bytes =
        ByteBuffer.allocate(POSITION_BYTES)
            .put(ORDERS)
            .putLong(micros)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .position(POSITION_BYTES - total.length)
            .put(total)
            .array();
    return sign(bytes, search);
  }

  /** Returns the cursor of the position after this SKU. */
  public String write(Sku sku) {
    return write(PRODUCTS_BY_SKU, sku.value());
  }

  /** Returns the cursor of the position after this rule. */
  public String write(RuleId rule) {
    return write(RULES_BY_CREATION, rule.value());
  }

  /** Returns the cursor of the position after the code with this key. */
  public String writeCodeKey(String key) {
    return write(CODES_BY_KEY, key);
  }

  /** Returns the cursor of the position after this user. */
  public String write(UserId user) {
    return write(USERS_BY_REGISTRATION, user.toString());
  }

  /** Returns the cursor of the position after this API key. */
  public String write(ApiKeyId apiKey) {
    return write(API_KEYS_BY_ISSUE, apiKey.toString());
  }

  /** Returns the cursor of the position after the audit event with this number. */
  public String writeEvent(long number) {
    return write(EVENTS_NEWEST_FIRST, Long.toString(number));
  }

  /**
   * Reads the cursor of an order search.
   *
   * @throws ProblemException if the cursor was not created with this key for the same search
   */
  public OrderSortKey read(String cursor, String search) {
    ByteBuffer buffer = ByteBuffer.wrap(verify(cursor, ORDERS, search));
    buffer.position(1);
    Instant placedAt = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
    OrderId id = new OrderId(new UUID(buffer.getLong(), buffer.getLong()));
    byte[] total = new byte[TOTAL_BYTES];
    buffer.get(total);
    return new OrderSortKey(
        placedAt, id, new BigDecimal(new BigInteger(total), OrderSortKey.DECIMAL_PLACES));
  }

  /**
   * Reads a cursor of the product list.
   *
   * @throws ProblemException if the cursor was not created with this key for the product list
   */
  public Sku readSku(String cursor) {
    return new Sku(readText(cursor, PRODUCTS_BY_SKU));
  }

  /**
   * Reads a cursor of the rule list.
   *
   * @throws ProblemException if the cursor was not created with this key for the rule list
   */
  public RuleId readRule(String cursor) {
    return new RuleId(readText(cursor, RULES_BY_CREATION));
  }

  /**
   * Reads a cursor of the code list.
   *
   * @throws ProblemException if the cursor was not created with this key for the code list
   */
  public String readCodeKey(String cursor) {
    return readText(cursor, CODES_BY_KEY);
  }

  /**
   * Reads a cursor of the user list.
   *
   * @throws ProblemException if the cursor was not created with this key for the user list
   */
  public UserId readUser(String cursor) {
    return UserId.parse(readText(cursor, USERS_BY_REGISTRATION));
  }

  /**
   * Reads a cursor of the API key list.
   *
   * @throws ProblemException if the cursor was not created with this key for the API key list
   */
  public ApiKeyId readApiKey(String cursor) {
    return ApiKeyId.parse(readText(cursor, API_KEYS_BY_ISSUE));
  }

  /**
   * Reads a cursor of the audit log.
   *
   * @throws ProblemException if the cursor was not created with this key for the audit log
   */
  public Long readEvent(String cursor) {
    return Long.valueOf(readText(cursor, EVENTS_NEWEST_FIRST));
  }

  private String write(byte kind, String position) {
    byte[] text = position.getBytes(UTF_8);
    // Padded with zero bytes to a multiple of three; the text itself contains no zero byte.
    int length = 1 + text.length;
    byte[] bytes = new byte[length + Math.floorMod(-(length + MAC_BYTES), 3)];
    bytes[0] = kind;
    System.arraycopy(text, 0, bytes, 1, text.length);
    return sign(bytes, "");
  }

  private String readText(String cursor, byte kind) {
    byte[] bytes = verify(cursor, kind, "");
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 1, end - 1, UTF_8);
  }

  private String sign(byte[] bytes, String search) {
    byte[] signed = Arrays.copyOf(bytes, bytes.length + MAC_BYTES);
    System.arraycopy(computeMac(bytes, search), 0, signed, bytes.length, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  private byte[] verify(String cursor, byte kind, String search) {
    byte[] signed = decodeBase64(cursor);
    if (signed.length <= MAC_BYTES) {
      throw invalid();
    }
    byte[] bytes = Arrays.copyOf(signed, signed.length - MAC_BYTES);
    byte[] mac = Arrays.copyOfRange(signed, bytes.length, signed.length);
    if (!MessageDigest.isEqual(mac, computeMac(bytes, search)) || bytes[0] != kind) {
      throw invalid();
    }
    return bytes;
  }

  private byte[] computeMac(byte[] bytes, String search) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(bytes);
      return Arrays.copyOf(mac.doFinal(search.getBytes(UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(ALGORITHM + " is not available", missing);
    }
  }

  private static byte[] decodeBase64(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemKind.INVALID_CURSOR,
        "cursor must be the nextCursor of an earlier response. All parameters except limit must be"
            + " the same as in that request.");
  }
}
