package kassa.adapters.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.domain.catalogue.Sku;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.UserId;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderSortKey;
import kassa.domain.rule.RuleId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {

  private static final String BASE_64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final RuleId RULE = new RuleId("rul_01kdvdna00e000000000000001");

  private static final String SEARCH = "sort=-placedAt\n";

  private final Cursors cursors = cursorsWithKey("one key");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-06-15T12:00:00.123456Z",
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void reads_the_order_cursor_that_it_wrote(String placedAt) {
    OrderSortKey position = position(placedAt);

    assertThat(read(write(position))).isEqualTo(position);
  }

  /** Clients use their cursors after an update: an encoding that changes ends their iteration. */
  @Test
  void reads_and_writes_the_cursors_of_earlier_versions() {
    UUID id = UUID.fromString("ffffffff-ffff-7fff-bfff-fffffffffffe");

    assertCursor(
        "BQAGVEmQ3NAA________f_-__________gAAADH_________nM217ZNRCmMnIu3C-TeV050U",
        CursorType.ORDERS,
        position("2026-06-15T12:00:00Z"),
        SEARCH);
    assertCursor(
        "AkvDpHNlL2p1bmcgMTAwJQYTCTsBjAknBTy_czN60svm",
        CursorType.PRODUCTS,
        new Sku("Käse/jung 100%"),
        "");
    assertCursor(
        "A3J1bF8wMWtkdmRuYTAwZTAwMDAwMDAwMDAwMDAwMXLaDSivZ14BWjwrEMxs7R1H",
        CursorType.RULES,
        RULE,
        "");
    assertCursor("BGvDpHNlIDEwICUAADigASbJFF07y1kstuMwEOWa", CursorType.CODES, "käse 10 %", "");
    assertCursor(
        "BnVzcl83enp6enp6enp6Znp6dnp6enp6enp6enp6eeso9Xs5VZEacASfHe_7LPjF",
        CursorType.USERS,
        new UserId(id),
        "");
    assertCursor(
        "B2tleV83enp6enp6enp6Znp6dnp6enp6enp6enp6eSMCOfhdyf6AA_qw2r6_Xsqg",
        CursorType.API_KEYS,
        new ApiKeyId(id),
        "");
    assertCursor("CDEyMzQ1NjcAACqVPLn9K12R8XetKbT2zwoX", CursorType.AUDIT_EVENTS, 1234567L, "");
  }

  private <P> void assertCursor(String cursor, CursorType<P> type, P position, String search) {
    assertThat(cursors.encode(type, position, search)).isEqualTo(cursor);
    assertThat(cursors.decode(type, cursor, search)).isEqualTo(position);
  }

  @Test
  void cursor_is_deterministic_across_nodes() {
    OrderSortKey position = position("2026-06-15T12:00:00Z");

    assertThat(cursorsWithKey("one key").encode(CursorType.ORDERS, position, SEARCH))
        .isEqualTo(write(position));
  }

  @Test
  void rejects_cursor_signed_with_another_key() {
    assertRejected(
        cursorsWithKey("another")
            .encode(CursorType.ORDERS, position("2026-06-15T12:00:00Z"), SEARCH));
  }

  @Test
  void rejects_cursor_with_any_changed_character() {
    String cursor = write(position("2026-06-15T12:00:00Z"));

    assertThat(cursor).hasSize(72);
    for (int i = 0; i < cursor.length(); i++) {
      for (int other = 0; other < BASE_64.length(); other++) {
        if (BASE_64.charAt(other) != cursor.charAt(i)) {
          assertRejected(cursor.substring(0, i) + BASE_64.charAt(other) + cursor.substring(i + 1));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AB", "ABC", "ABCD", "Käse/jung 100%", "\uD83C\uDF81"})
  void reads_sku_cursor_and_rejects_changed_ones(String sku) {
    String cursor = write(CursorType.PRODUCTS, new Sku(sku));

    assertThat(read(CursorType.PRODUCTS, cursor)).isEqualTo(new Sku(sku));
    for (int i = 0; i < cursor.length(); i++) {
      for (int other = 0; other < BASE_64.length(); other++) {
        if (BASE_64.charAt(other) != cursor.charAt(i)) {
          assertSkuRejected(
              cursor.substring(0, i) + BASE_64.charAt(other) + cursor.substring(i + 1));
        }
      }
    }
    assertSkuRejected(cursor.substring(4));
    assertSkuRejected(cursor.substring(0, cursor.length() - 4));
    assertSkuRejected(cursor + "AAAA");
    assertSkuRejected(cursorsWithKey("another").encode(CursorType.PRODUCTS, new Sku(sku), ""));
  }

  @Test
  void reads_cursor_of_a_sku_of_maximum_length() {
    Sku skuOfMaxLength = new Sku("\uD83C\uDF81".repeat(Sku.MAX_LENGTH));

    assertThat(read(CursorType.PRODUCTS, write(CursorType.PRODUCTS, skuOfMaxLength)))
        .isEqualTo(skuOfMaxLength);
  }

  @Test
  void reads_rule_and_code_cursors() {
    assertThat(read(CursorType.RULES, write(CursorType.RULES, RULE))).isEqualTo(RULE);
    for (String key : new String[] {"a", "ab", "abc", "käse 10 %", "\uD83C\uDF81".repeat(64)}) {
      assertThat(read(CursorType.CODES, write(CursorType.CODES, key))).isEqualTo(key);
    }
  }

  @Test
  void rejects_text_cursor_of_another_kind() {
    String ofRule = write(CursorType.RULES, RULE);
    String ofCode = write(CursorType.CODES, RULE.value());
    String ofSku = write(CursorType.PRODUCTS, new Sku(RULE.value()));

    assertThat(ofCode).hasSameSizeAs(ofRule).hasSameSizeAs(ofSku);
    assertRejected(() -> read(CursorType.RULES, ofCode));
    assertRejected(() -> read(CursorType.RULES, ofSku));
    assertRejected(() -> read(CursorType.CODES, ofRule));
    assertRejected(() -> read(CursorType.CODES, ofSku));
    assertSkuRejected(ofRule);
    assertSkuRejected(ofCode);
    assertRejected(ofRule);
  }

  @Test
  void rejects_rule_cursor_with_any_changed_character() {
    String cursor = write(CursorType.RULES, RULE);

    for (int i = 0; i < cursor.length(); i++) {
      String before = cursor.substring(0, i);
      String after = cursor.substring(i + 1);
      for (int other = 0; other < BASE_64.length(); other++) {
        String altered = before + BASE_64.charAt(other) + after;
        if (!altered.equals(cursor)) {
          assertRejected(() -> read(CursorType.RULES, altered));
          assertRejected(() -> read(CursorType.CODES, altered));
        }
      }
    }
  }

  @Test
  void rejects_cursor_of_another_kind() {
    String cursorWithLengthOfAnOrderCursor = write(CursorType.PRODUCTS, new Sku("x".repeat(36)));

    assertThat(cursorWithLengthOfAnOrderCursor).hasSize(72);
    assertRejected(cursorWithLengthOfAnOrderCursor);
    assertSkuRejected(write(position("2026-06-15T12:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "A", "AAAA", "ä", "\n", "+/+/"})
  void rejects_malformed_cursor(String cursor) {
    assertRejected(cursor);
    assertSkuRejected(cursor);
  }

  @Test
  void rejects_cursor_of_another_search() {
    String cursor = write(position("2026-06-15T12:00:00Z"));

    assertRejected(() -> cursors.decode(CursorType.ORDERS, cursor, "sort=-total\n"));
    assertRejected(() -> cursors.decode(CursorType.ORDERS, cursor, ""));
    assertRejected(() -> cursors.decode(CursorType.ORDERS, cursor, SEARCH + "sku=MUG\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.01", "1", "9223372036854775807", "922337203685477.5807"})
  void encodes_totals_of_any_size(String total) {
    OrderSortKey position =
        new OrderSortKey(Instant.EPOCH, new OrderId(new UUID(7, 7)), new BigDecimal(total));

    assertThat(read(write(position))).isEqualTo(position);
  }

  private <P> String write(CursorType<P> type, P position) {
    return cursors.encode(type, position, "");
  }

  private <P> P read(CursorType<P> type, String cursor) {
    return cursors.decode(type, cursor, "");
  }

  private String write(OrderSortKey position) {
    return cursors.encode(CursorType.ORDERS, position, SEARCH);
  }

  private OrderSortKey read(String cursor) {
    return cursors.decode(CursorType.ORDERS, cursor, SEARCH);
  }

  private void assertRejected(String cursor) {
    assertRejected(() -> cursors.decode(CursorType.ORDERS, cursor, SEARCH));
  }

  private void assertSkuRejected(String cursor) {
    assertRejected(() -> read(CursorType.PRODUCTS, cursor));
  }

  private static void assertRejected(ThrowingCallable read) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(read)
        .satisfies(
            refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.INVALID_CURSOR));
  }

  private static Cursors cursorsWithKey(String key) {
    return new Cursors(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
  }

  private static OrderSortKey position(String placedAt) {
    return new OrderSortKey(
        Instant.parse(placedAt),
        new OrderId(UUID.fromString("ffffffff-ffff-7fff-bfff-fffffffffffe")),
        new BigDecimal("92233720368547758.07"));
  }
}
