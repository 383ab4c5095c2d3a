package kassa.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import kassa.domain.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookEndpointTest {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final String OLD = "whsec_" + "A".repeat(32);
  private static final String NEW = "whsec_" + "B".repeat(32);

  private final WebhookEndpoint endpoint =
      WebhookEndpoint.create(
          new WebhookEndpointId(new UUID(1, 2)),
          content("order.*"),
          new WebhookSecret(1, OLD, NOW, null),
          "usr_1");

  @Test
  void a_rotated_secret_signs_with_the_old_one_until_its_end() {
    WebhookEndpoint rotated = endpoint.rotated(NEW, NOW.plusSeconds(60), NOW).orElseThrow();

    assertThat(rotated.liveSecrets(NOW)).extracting(WebhookSecret::text).containsExactly(OLD, NEW);
    assertThat(rotated.liveSecrets(NOW.plusSeconds(60)))
        .extracting(WebhookSecret::text)
        .containsExactly(NEW);
    assertThat(rotated.version()).isEqualTo(2);
    assertThat(rotated.rotated(OLD, null, NOW.plusSeconds(59))).isEmpty();
    assertThat(rotated.rotated(OLD, null, NOW.plusSeconds(60)).orElseThrow().secrets())
        .extracting(WebhookSecret::number)
        .containsExactly(2, 3);
  }

  @Test
  void only_an_old_secret_can_be_removed() {
    WebhookEndpoint rotated = endpoint.rotated(NEW, null, NOW).orElseThrow();

    assertThat(endpoint.withoutSecret(1, NOW)).isEmpty();
    assertThat(rotated.withoutSecret(2, NOW)).isEmpty();
    assertThat(rotated.withoutSecret(7, NOW)).isEmpty();
    assertThat(rotated.withoutSecret(1, NOW).orElseThrow().liveSecrets(NOW))
        .extracting(WebhookSecret::text)
        .containsExactly(NEW);
  }

  @Test
  void no_text_of_an_endpoint_contains_its_secret() {
    assertThat(endpoint.toString()).doesNotContain(OLD);
  }

  @ParameterizedTest
  @CsvSource({
    "order.*, order.paid, true",
    "order.*, rule.created, false",
    "order.paid, order.paid, true",
    "order.paid, order.placed, false",
    "*, rule.created, true"
  })
  void selects_types_by_pattern(String pattern, String type, boolean selected) {
    assertThat(content(pattern).selects(type)).isEqualTo(selected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "order", "order.", "*.paid", "order.pa*", "Order.paid", "order.*.x"})
  void refuses_other_patterns(String pattern) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new EventTypePattern(pattern));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "whsec_", "whsec_AAAA", "secret", "whsec_AAAAAAAAAAAAAAAA*AAAAAAAAAAAAAAA"})
  void refuses_texts_that_are_no_secrets(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new WebhookSecret(1, text, NOW, null));
  }

  private static WebhookContent content(String pattern) {
    return new WebhookContent(
        new WebhookUrl("https://shop.example/hooks"),
        "",
        Set.of(new EventTypePattern(pattern)),
        WebhookFilter.NONE,
        PayloadForm.FULL);
  }
}
