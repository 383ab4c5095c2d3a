package kassa.adapters.http.pricing;

import kassa.domain.pricing.Quote;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.engine.NextTierHints.NextTier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes a quote as JSON. See docs/decisions/0161. */
public final class QuoteJson extends ValueSerializer<QuoteResponse> {

  /** Called by Jackson. */
  public QuoteJson() {}

  @Override
  public void serialize(
      QuoteResponse response, JsonGenerator json, SerializationContext serialization) {
    Quote quote = response.quote();
    json.writeStartObject();
    PricedCartJson.writeTotals(json, quote.price());
    PricedCartJson.writeParts(json, quote.price(), response.detail().units());
    json.writeArrayPropertyStart("rejected");
    for (Rejection rejection : quote.rejected()) {
      writeRejection(json, rejection);
    }
    json.writeEndArray();
    if (response.nextTiers() != null) {
      json.writeArrayPropertyStart("nextTiers");
      for (NextTier tier : response.nextTiers()) {
        writeNextTier(json, tier);
      }
      json.writeEndArray();
    }
    json.writeStringProperty("priceHash", quote.price().fingerprint());
    if (response.detail().trace()) {
      json.writePOJOProperty("trace", TraceEntryResponse.of(quote.trace()));
    }
    json.writeEndObject();
  }

  /** Writes a rejection with the only currency of a rule for another currency. */
  private static void writeRejection(JsonGenerator json, Rejection rejection) {
    json.writeStartObject();
    PricedCartJson.writeReason(json, rejection);
    if (rejection.code() != null && rejection.requiredCurrency() != null) {
      json.writeStringProperty("currency", rejection.requiredCurrency());
    }
    json.writeEndObject();
  }

  private static void writeNextTier(JsonGenerator json, NextTier tier) {
    json.writeStartObject();
    json.writeStringProperty("sku", tier.sku().value());
    json.writeName("addQuantity").writeNumber(tier.addQuantity().toString());
    json.writeStringProperty("label", tier.label());
    json.writeStringProperty("newTotal", tier.newTotal().toPlainString());
    json.writeEndObject();
  }
}
