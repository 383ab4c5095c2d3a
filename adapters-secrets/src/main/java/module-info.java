/**
 * Hashes passwords and generates tokens. The entry point is {@link kassa.adapters.secrets.Secrets};
 * other modules use no cryptography library.
 */
module kassa.adapters.secrets {
  requires transitive kassa.application;
  requires org.bouncycastle.provider;

  exports kassa.adapters.secrets;
}
