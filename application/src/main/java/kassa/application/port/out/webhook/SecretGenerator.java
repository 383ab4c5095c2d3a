package kassa.application.port.out.webhook;

/** Generates secrets of webhooks. Thread-safe. */
@FunctionalInterface
public interface SecretGenerator {

  /** Returns {@code whsec_} and 32 random bytes in Base64. */
  String newSecret();
}
