/**
 * Hashes passwords and makes tokens. Everybody else sees one door, {@link
 * kassa.adapters.secrets.Secrets}; cryptography stays in here.
 */
module kassa.adapters.secrets {
  requires transitive kassa.application;
  requires org.bouncycastle.provider;

  exports kassa.adapters.secrets;
}
