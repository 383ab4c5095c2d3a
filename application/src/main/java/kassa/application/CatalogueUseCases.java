package kassa.application;

import java.time.InstantSource;
import kassa.application.idempotency.Recording;
import kassa.application.internal.catalogue.FindProductsService;
import kassa.application.internal.catalogue.ProductService;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Secured;
import kassa.application.port.in.catalogue.FindProducts;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.domain.identity.Permission;

/**
 * The use cases of the catalogue.
 *
 * @param manageProducts creates, changes and deletes products
 * @param findProducts finds products
 */
public record CatalogueUseCases(
    Secured<ManageProducts> manageProducts, Secured<FindProducts> findProducts) {

  static CatalogueUseCases create(
      ProductStore products, InstantSource clock, Authorization authorization) {
    FindProducts findProducts = new FindProductsService(products);
    return new CatalogueUseCases(
        authorization.requiring(
            Permission.WRITE_PRODUCTS,
            caller -> new ProductService(products.by(caller.name()), clock, Recording.none())),
        authorization.requiring(Permission.READ_PRODUCTS, caller -> findProducts));
  }
}
