package kassa.adapters.persistence.catalogue;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.SortedSet;
import java.util.TreeSet;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.ProductName;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Percentage;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;

/** Assembles a product from its rows, and rejects a damaged product. */
final class ProductAssembler {

  private static final AcceptedCurrencies CURRENCIES = AcceptedCurrencies.all();

  private final ProductRow row;
  private final SortedSet<String> tags = new TreeSet<>();

  ProductAssembler(ProductRow row) {
    this.row = row;
  }

  void addTag(String tag) {
    tags.add(tag);
  }

  /**
   * Creates the product.
   *
   * @throws IllegalStateException if the product is damaged; the message contains its sku
   */
  Product toProduct() {
    try {
      return new Product(details(), row.version(), row.createdAt(), row.updatedAt());
    } catch (IllegalArgumentException damage) {
      throw new IllegalStateException(
          "product " + row.sku() + " is damaged in the database", damage);
    }
  }

  private ProductDetails details() {
    Currency currency = CURRENCIES.parse(row.currency());
    SortedSet<Tag> checkedTags = new TreeSet<>();
    tags.forEach(tag -> checkedTags.add(new Tag(tag)));
    return new ProductDetails(
        new Sku(row.sku()),
        new ProductName(row.name()),
        UnitPrice.of(row.unitPrice(), currency),
        checkedTags,
        price(row.listPrice(), currency),
        price(row.minUnitPrice(), currency),
        row.taxRate() == null ? null : Percentage.parse(row.taxRate().toPlainString()),
        row.active());
  }

  private static @Nullable UnitPrice price(@Nullable BigDecimal price, Currency currency) {
    return price == null ? null : UnitPrice.of(price, currency);
  }
}
