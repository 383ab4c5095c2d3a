package kassa.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import java.util.Set;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.order.OrderStatus;
import kassa.domain.webhook.WebhookFilter.OrderFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WebhookFilterTest {

  private static final Money TEN_EUR = new Money(1_000, Currency.getInstance("EUR"));
  private static final OrderFacts ORDER =
      new OrderFacts(OrderStatus.PAID, TEN_EUR, Set.of(new Sku("MUG"), new Sku("PEN")), "web");

  @Test
  void an_empty_filter_selects_everything() {
    assertThat(WebhookFilter.NONE.matches(ORDER)).isTrue();
    assertThat(WebhookFilter.NONE.matches(null)).isTrue();
  }

  @Test
  void all_conditions_must_hold() {
    WebhookFilter all = new WebhookFilter(Set.of(OrderStatus.PAID), TEN_EUR, new Sku("PEN"), "web");

    assertThat(all.matches(ORDER)).isTrue();
    assertThat(all.matches(null)).isFalse();
    assertThat(filter(OrderStatus.PLACED, null, null, null).matches(ORDER)).isFalse();
    assertThat(filter(null, new Money(1_001, TEN_EUR.currency()), null, null).matches(ORDER))
        .isFalse();
    assertThat(filter(null, new Money(1, Currency.getInstance("USD")), null, null).matches(ORDER))
        .isFalse();
    assertThat(filter(null, null, "BOX", null).matches(ORDER)).isFalse();
    assertThat(filter(null, null, null, "app").matches(ORDER)).isFalse();
  }

  private static WebhookFilter filter(
      @Nullable OrderStatus status,
      @Nullable Money minTotal,
      @Nullable String sku,
      @Nullable String channel) {
    return new WebhookFilter(
        status == null ? Set.of() : Set.of(status),
        minTotal,
        sku == null ? null : new Sku(sku),
        channel);
  }
}
