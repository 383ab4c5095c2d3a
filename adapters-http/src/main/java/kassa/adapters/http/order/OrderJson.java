package kassa.adapters.http.order;

import static kassa.adapters.http.pricing.PricedCartJson.writeNullable;

import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.pricing.PricedCartJson;
import kassa.adapters.http.pricing.TraceEntryResponse;
import kassa.domain.order.Order;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes an order as JSON. See docs/decisions/0161. */
public final class OrderJson extends ValueSerializer<OrderResponse> {

  /** Called by Jackson. */
  public OrderJson() {}

  @Override
  public void serialize(
      OrderResponse response, JsonGenerator json, SerializationContext serialization) {
    Order order = response.order();
    json.writeStartObject();
    json.writeStringProperty("id", order.id().toString());
    json.writeNumberProperty("number", order.number().value());
    json.writeStringProperty("status", EnumNames.of(order.status()));
    writeNullable(json, "customerId", order.customer() == null ? null : order.customer().value());
    writeNullable(json, "customerGroup", order.context().customerGroup());
    writeNullable(json, "channel", order.context().channel());
    json.writeNumberProperty("version", order.version());
    PricedCartJson.writeTotals(json, order.price());
    json.writeStringProperty("refundedTotal", order.refundedTotal().toPlainString());
    PricedCartJson.writeDetails(json, order.price(), order.rejected());
    json.writeObjectPropertyStart("metadata");
    order.metadata().entries().forEach(json::writeStringProperty);
    json.writeEndObject();
    writeNullable(json, "cancelReason", order.cancelReason());
    json.writeStringProperty("placedAt", order.placedAt().toString());
    json.writeStringProperty("updatedAt", order.updatedAt().toString());
    if (response.trace() != null) {
      json.writePOJOProperty("trace", TraceEntryResponse.of(response.trace()));
    }
    json.writeEndObject();
  }
}
