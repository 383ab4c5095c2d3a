package kassa.adapters.http.webhook;

import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import kassa.adapters.http.json.JsonNodeInput;
import kassa.adapters.http.json.MoneyParser;
import kassa.adapters.http.json.ReadOnlyFields;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.catalogue.Sku;
import kassa.domain.event.EventType;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Money;
import kassa.domain.order.OrderStatus;
import kassa.domain.webhook.EventTypePattern;
import kassa.domain.webhook.PayloadForm;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpoint;
import kassa.domain.webhook.WebhookFilter;
import kassa.domain.webhook.WebhookUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the content of an endpoint from a body. */
final class WebhookRequest {

  /** Maximum number of statuses of a filter; repeated ones are rejected. */
  static final int MAX_STATUSES = 5;

  private WebhookRequest() {}

  /**
   * Reads the content.
   *
   * @param current the endpoint to change, whose read-only fields may be sent; {@code null} if it
   *     is a new one
   * @return {@code null} if there are violations
   */
  static @Nullable WebhookContent read(
      JsonNode body, @Nullable WebhookEndpoint current, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    WebhookUrl url = fields.requiredText("url", WebhookUrl::new);
    String description = fields.optionalText("description", WebhookRequest::description);
    Set<EventTypePattern> types =
        fields.requiredSet("eventTypes", WebhookContent.MAX_TYPES, WebhookRequest::pattern);
    WebhookFilter filter = filter(fields.optionalObject("filter"));
    PayloadForm payload = fields.optionalEnum("payload", PayloadForm.class);
    if (current != null) {
      acceptReadOnlyFields(fields, current);
    }
    fields.rejectUnknownFields();
    return url == null || types == null || filter == null || !violations.isEmpty()
        ? null
        : new WebhookContent(
            url,
            description == null ? "" : description,
            types,
            filter,
            payload == null ? PayloadForm.FULL : payload);
  }

  private static String description(String text) {
    return text.isEmpty()
        ? text
        : PlainText.displayName("description", text, WebhookContent.MAX_DESCRIPTION_LENGTH);
  }

  private static EventTypePattern pattern(String text) {
    EventTypePattern pattern = new EventTypePattern(text);
    for (EventType type : EventType.values()) {
      if (pattern.matches(type.wireName())) {
        return pattern;
      }
    }
    throw new InvalidValueException(
        Reason.OUT_OF_RANGE, "there is no event type that eventTypes selects here");
  }

  private static @Nullable WebhookFilter filter(@Nullable JsonObjectReader fields) {
    if (fields == null) {
      return WebhookFilter.NONE;
    }
    Set<OrderStatus> statuses =
        fields.optionalSet("statuses", MAX_STATUSES, WebhookRequest::status);
    Currency currency = fields.optionalText("currency", AcceptedCurrencies.all()::parse);
    Money minTotal =
        fields.optionalText("minTotal", text -> MoneyParser.parseMoney("minTotal", text, currency));
    if (fields.has("currency") != fields.has("minTotal")) {
      fields
          .violations()
          .addInvalid(
              fields.pointer(), "missing_field", "currency and minTotal must be given together");
    }
    Sku sku = fields.optionalText("sku", Sku::parseSearched);
    String channel =
        fields.optionalText(
            "channel",
            text -> PlainText.identifier("channel", text, WebhookFilter.MAX_CHANNEL_LENGTH));
    fields.rejectUnknownFields();
    return fields.violations().isEmpty()
        ? new WebhookFilter(
            statuses == null ? new LinkedHashSet<>() : statuses, minTotal, sku, channel)
        : null;
  }

  private static OrderStatus status(String text) {
    for (OrderStatus status : OrderStatus.values()) {
      if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
        return status;
      }
    }
    throw new InvalidValueException(
        Reason.OUT_OF_RANGE, "statuses must be among placed, paid, shipped, completed, cancelled");
  }

  /** A client reads an endpoint, changes a field, and sends all of it. */
  private static void acceptReadOnlyFields(JsonObjectReader fields, WebhookEndpoint current) {
    ReadOnlyFields.requireCurrent(fields, "id", current.id().toString());
    ReadOnlyFields.requireCurrent(fields, "createdBy", current.createdBy());
    ReadOnlyFields.requireCurrent(fields, "createdAt", current.createdAt().toString());
    ReadOnlyFields.requireCurrent(fields, "updatedAt", current.updatedAt().toString());
    if (!fields.optionalBoolean("paused", current.isPaused()) == current.isPaused()) {
      fields
          .violations()
          .addInvalid(
              fields.pointerTo("paused"),
              "read_only",
              "paused is read-only here; call pause or resume");
    }
    // They change by themselves, so that their current values cannot be required.
    for (String name : new String[] {"version", "pauseReason", "secrets", "delivery"}) {
      var _ = fields.value(name);
    }
  }
}
