package broken.moneyisneverfloating.application;

/** The application is looked at as well. */
interface Share {
  void use(Float share);
}
