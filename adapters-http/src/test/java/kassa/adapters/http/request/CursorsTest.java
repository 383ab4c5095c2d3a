package kassa.adapters.http.request;

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

  @Test
  void cursor_is_deterministic_across_nodes() {
    OrderSortKey position = position("2026-06-15T12:00:00Z");

    assertThat(cursorsWithKey("one key").write(position, SEARCH)).isEqualTo(write(position));
  }

  @Test
  void rejects_cursor_signed_with_another_key() {
    assertRejected(cursorsWithKey("another").write(position("2026-06-15T12:00:00Z"), SEARCH));
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
    String cursor = cursors.write(new Sku(sku));

    assertThat(cursors.readSku(cursor)).isEqualTo(new Sku(sku));
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
    assertSkuRejected(cursorsWithKey("another").write(new Sku(sku)));
  }

  @Test
  void reads_cursor_of_a_sku_of_maximum_length() {
    Sku skuOfMaxLength = new Sku("\uD83C\uDF81".repeat(Sku.MAX_LENGTH));

    assertThat(cursors.readSku(cursors.write(skuOfMaxLength))).isEqualTo(skuOfMaxLength);
  }

  @Test
  void reads_rule_and_code_cursors() {
    assertThat(cursors.readRule(cursors.write(RULE))).isEqualTo(RULE);
    for (String key : new String[] {"a", "ab", "abc", "käse 10 %", "\uD83C\uDF81".repeat(64)}) {
      assertThat(cursors.readCodeKey(cursors.writeCodeKey(key))).isEqualTo(key);
    }
  }

  @Test
  void rejects_text_cursor_of_another_kind() {
    String ofRule = cursors.write(RULE);
    String ofCode = cursors.writeCodeKey(RULE.value());
    String ofSku = cursors.write(new Sku(RULE.value()));

    assertThat(ofCode).hasSameSizeAs(ofRule).hasSameSizeAs(ofSku);
    assertRejected(() -> cursors.readRule(ofCode));
    assertRejected(() -> cursors.readRule(ofSku));
    assertRejected(() -> cursors.readCodeKey(ofRule));
    assertRejected(() -> cursors.readCodeKey(ofSku));
    assertSkuRejected(ofRule);
    assertSkuRejected(ofCode);
    assertRejected(ofRule);
  }

  @Test
  void rejects_rule_cursor_with_any_changed_character() {
    String cursor = cursors.write(RULE);

    for (int i = 0; i < cursor.length(); i++) {
      String before = cursor.substring(0, i);
      String after = cursor.substring(i + 1);
      for (int other = 0; other < BASE_64.length(); other++) {
        String altered = before + BASE_64.charAt(other) + after;
        if (!altered.equals(cursor)) {
          assertRejected(() -> cursors.readRule(altered));
          assertRejected(() -> cursors.readCodeKey(altered));
        }
      }
    }
  }

  @Test
  void rejects_cursor_of_another_kind() {
    String cursorWithLengthOfAnOrderCursor = cursors.write(new Sku("x".repeat(36)));

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

    assertRejected(() -> cursors.read(cursor, "sort=-total\n"));
    assertRejected(() -> cursors.read(cursor, ""));
    assertRejected(() -> cursors.read(cursor, SEARCH + "sku=MUG\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.01", "1", "9223372036854775807", "922337203685477.5807"})
  void encodes_totals_of_any_size(String total) {
    OrderSortKey position =
        new OrderSortKey(Instant.EPOCH, new OrderId(new UUID(7, 7)), new BigDecimal(total));

    assertThat(read(write(position))).isEqualTo(position);
  }

  private String write(OrderSortKey position) {
    return cursors.write(position, SEARCH);
  }

  private OrderSortKey read(String cursor) {
    return cursors.read(cursor, SEARCH);
  }

  private void assertRejected(String cursor) {
    assertRejected(() -> cursors.read(cursor, SEARCH));
  }

  private void assertSkuRejected(String cursor) {
    assertRejected(() -> cursors.readSku(cursor));
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
