package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import kassa.domain.catalogue.Sku;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderPosition;
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

  private final Cursors cursors = under("one key");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-06-15T12:00:00.123456Z",
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void reads_what_it_wrote(String placedAt) {
    OrderPosition position = position(placedAt);

    assertThat(read(write(position))).isEqualTo(position);
  }

  @Test
  void writes_the_same_for_the_same_on_every_node() {
    OrderPosition position = position("2026-06-15T12:00:00Z");

    assertThat(under("one key").write(position, SEARCH)).isEqualTo(write(position));
  }

  @Test
  void refuses_what_was_written_under_another_key() {
    refuses(under("another").write(position("2026-06-15T12:00:00Z"), SEARCH));
  }

  @Test
  void refuses_each_other_character_at_each_place() {
    String cursor = write(position("2026-06-15T12:00:00Z"));

    assertThat(cursor).hasSize(72);
    for (int i = 0; i < cursor.length(); i++) {
      for (int other = 0; other < BASE_64.length(); other++) {
        if (BASE_64.charAt(other) != cursor.charAt(i)) {
          refuses(cursor.substring(0, i) + BASE_64.charAt(other) + cursor.substring(i + 1));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AB", "ABC", "ABCD", "Käse/jung 100%", "\uD83C\uDF81"})
  void reads_the_sku_that_it_wrote_and_nothing_like_it(String sku) {
    String cursor = cursors.write(new Sku(sku));

    assertThat(cursors.readSku(cursor)).isEqualTo(new Sku(sku));
    for (int i = 0; i < cursor.length(); i++) {
      for (int other = 0; other < BASE_64.length(); other++) {
        if (BASE_64.charAt(other) != cursor.charAt(i)) {
          refusesSku(cursor.substring(0, i) + BASE_64.charAt(other) + cursor.substring(i + 1));
        }
      }
    }
    refusesSku(cursor.substring(4));
    refusesSku(cursor.substring(0, cursor.length() - 4));
    refusesSku(cursor + "AAAA");
    refusesSku(under("another").write(new Sku(sku)));
  }

  @Test
  void reads_the_longest_sku_that_it_wrote() {
    Sku longest = new Sku("\uD83C\uDF81".repeat(Sku.LONGEST));

    assertThat(cursors.readSku(cursors.write(longest))).isEqualTo(longest);
  }

  @Test
  void reads_the_rule_and_the_code_that_it_wrote() {
    assertThat(cursors.readRule(cursors.write(RULE))).isEqualTo(RULE);
    for (String key : new String[] {"a", "ab", "abc", "käse 10 %", "\uD83C\uDF81".repeat(64)}) {
      assertThat(cursors.readKeyOfCode(cursors.writeKeyOfCode(key))).isEqualTo(key);
    }
  }

  @Test
  void takes_no_text_for_that_of_another_kind() {
    String ofRule = cursors.write(RULE);
    String ofCode = cursors.writeKeyOfCode(RULE.value());
    String ofSku = cursors.write(new Sku(RULE.value()));

    assertThat(ofCode).hasSameSizeAs(ofRule).hasSameSizeAs(ofSku);
    refuses(() -> cursors.readRule(ofCode));
    refuses(() -> cursors.readRule(ofSku));
    refuses(() -> cursors.readKeyOfCode(ofRule));
    refuses(() -> cursors.readKeyOfCode(ofSku));
    refusesSku(ofRule);
    refusesSku(ofCode);
    refuses(ofRule);
  }

  @Test
  void refuses_each_other_character_of_the_cursor_of_a_rule() {
    String cursor = cursors.write(RULE);

    for (int i = 0; i < cursor.length(); i++) {
      String before = cursor.substring(0, i);
      String behind = cursor.substring(i + 1);
      for (int other = 0; other < BASE_64.length(); other++) {
        String altered = before + BASE_64.charAt(other) + behind;
        if (!altered.equals(cursor)) {
          refuses(() -> cursors.readRule(altered));
          refuses(() -> cursors.readKeyOfCode(altered));
        }
      }
    }
  }

  @Test
  void takes_no_kind_of_cursor_for_the_other() {
    String asLongAsThatOfAnOrder = cursors.write(new Sku("x".repeat(36)));

    assertThat(asLongAsThatOfAnOrder).hasSize(72);
    refuses(asLongAsThatOfAnOrder);
    refusesSku(write(position("2026-06-15T12:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "A", "AAAA", "ä", "\n", "+/+/"})
  void refuses_what_is_no_cursor(String cursor) {
    refuses(cursor);
    refusesSku(cursor);
  }

  @Test
  void goes_with_the_search_that_it_came_from_only() {
    String cursor = write(position("2026-06-15T12:00:00Z"));

    refuses(() -> cursors.read(cursor, "sort=-total\n"));
    refuses(() -> cursors.read(cursor, ""));
    refuses(() -> cursors.read(cursor, SEARCH + "sku=MUG\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.01", "1", "9223372036854775807", "922337203685477.5807"})
  void keeps_totals_of_any_size(String total) {
    OrderPosition position =
        new OrderPosition(Instant.EPOCH, new OrderId(new UUID(7, 7)), new BigDecimal(total));

    assertThat(read(write(position))).isEqualTo(position);
  }

  private String write(OrderPosition position) {
    return cursors.write(position, SEARCH);
  }

  private OrderPosition read(String cursor) {
    return cursors.read(cursor, SEARCH);
  }

  private void refuses(String cursor) {
    refuses(() -> cursors.read(cursor, SEARCH));
  }

  private void refusesSku(String cursor) {
    refuses(() -> cursors.readSku(cursor));
  }

  private static void refuses(ThrowingCallable reading) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(reading)
        .satisfies(
            refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.INVALID_CURSOR));
  }

  private static Cursors under(String key) {
    return new Cursors(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
  }

  private static OrderPosition position(String placedAt) {
    return new OrderPosition(
        Instant.parse(placedAt),
        new OrderId(UUID.fromString("ffffffff-ffff-7fff-bfff-fffffffffffe")),
        new BigDecimal("92233720368547758.07"));
  }
}
