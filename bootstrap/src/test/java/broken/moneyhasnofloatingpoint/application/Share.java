package broken.moneyhasnofloatingpoint.application;

/** The application is looked at as well. */
interface Share {
  void use(Float share);
}
