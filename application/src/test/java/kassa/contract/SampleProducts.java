package kassa.contract;

import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.ProductName;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Percentage;
import kassa.domain.money.UnitPrice;

/** Products for tests. */
public final class SampleProducts {

  /** When the samples come into the catalogue. */
  public static final Instant START = Instant.parse("2026-06-15T12:00:00.123456Z");

  private static final Currency USD = Currency.getInstance("USD");
  private static final Currency BHD = Currency.getInstance("BHD");
  private static final Currency JPY = Currency.getInstance("JPY");

  private SampleProducts() {}

  /** A product with no more than it must have. */
  public static ProductDetails plain(String sku) {
    return priced(sku, "12.50");
  }

  /** A product of this price in US dollars. */
  public static ProductDetails priced(String sku, String price) {
    return new ProductDetails(
        new Sku(sku),
        new ProductName("Mug"),
        UnitPrice.parse(price, USD),
        tags(),
        null,
        null,
        null,
        true);
  }

  /** A product with everything that a product can have. */
  public static ProductDetails rich(String sku) {
    return new ProductDetails(
        new Sku(sku),
        new ProductName("Käse, \"jung\"; 二行目 \uD83C\uDF81"),
        UnitPrice.parse("0.005125", BHD),
        tags("käse", "Käse", "by weight", "\uD83C\uDF81"),
        UnitPrice.parse("1000000000", BHD),
        UnitPrice.parse("0", BHD),
        Percentage.parse("12.3456"),
        false);
  }

  /** A product of the highest price, and of as many tags as there may be. */
  public static ProductDetails greatest(String sku) {
    return new ProductDetails(
        new Sku(sku),
        new ProductName("x".repeat(ProductName.LONGEST)),
        UnitPrice.parse("1000000000000", JPY),
        tags(
            IntStream.range(0, ProductDetails.MOST_TAGS)
                .mapToObj(i -> i + "x".repeat(Tag.LONGEST - 2))
                .toArray(String[]::new)),
        UnitPrice.parse("999999999999.999999", JPY),
        UnitPrice.parse("1000000000000", JPY),
        Percentage.parse("100"),
        true);
  }

  /** The product as it is new in the catalogue. */
  public static Product created(ProductDetails details) {
    return Product.created(details, START);
  }

  private static SortedSet<Tag> tags(String... tags) {
    return Arrays.stream(tags).map(Tag::new).collect(Collectors.toCollection(TreeSet::new));
  }
}
