package kassa.adapters.http.catalogue;

import java.util.List;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Percentage;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;

/** Product in a response: prices as decimal strings in its currency, times in UTC. */
public record ProductResponse(
    String sku,
    String name,
    String unitPrice,
    String currency,
    List<String> tags,
    @Nullable String listPrice,
    @Nullable String minUnitPrice,
    @Nullable String taxRate,
    boolean active,
    int version,
    String createdAt,
    String updatedAt) {

  /** Converts a product to its response. */
  public static ProductResponse of(Product product) {
    ProductDetails details = product.details();
    return new ProductResponse(
        details.sku().value(),
        details.name().value(),
        details.unitPrice().toPlainString(),
        details.unitPrice().currency().getCurrencyCode(),
        details.tags().stream().map(Tag::value).toList(),
        text(details.listPrice()),
        text(details.minUnitPrice()),
        text(details.taxRate()),
        details.isActive(),
        product.version(),
        product.createdAt().toString(),
        product.updatedAt().toString());
  }

  private static @Nullable String text(@Nullable UnitPrice price) {
    return price == null ? null : price.toPlainString();
  }

  private static @Nullable String text(@Nullable Percentage percentage) {
    return percentage == null ? null : percentage.toString();
  }
}
