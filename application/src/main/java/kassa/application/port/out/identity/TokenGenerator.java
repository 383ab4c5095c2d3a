package kassa.application.port.out.identity;

import java.util.Optional;

/** Generator and parser of random session tokens and API keys. Thread-safe. */
public interface TokenGenerator {

  /** Generates a session token with 256 random bits. */
  NewToken newSessionToken();

  /**
   * Generates an API key with 256 random bits and a checksum, which detects typing errors without a
   * look-up.
   */
  NewToken newApiKey();

  /**
   * Parses a presented token into its kind and hash. The kind says in which store to look it up.
   *
   * @return empty if the text is not a well-formed token
   */
  Optional<ParsedToken> parse(String text);

  /** Kind of a token. */
  enum Kind {
    /** Session token of a user. */
    SESSION,
    /** API key of a program. */
    API_KEY
  }

  /**
   * Presented token.
   *
   * @param kind the kind of the token
   * @param hash the hash under which it is stored
   */
  record ParsedToken(Kind kind, TokenHash hash) {}

  /**
   * Generated token.
   *
   * @param text the secret token, shown to its owner only once
   * @param hash the hash to store
   */
  record NewToken(String text, TokenHash hash) {

    /** Returns a text without the secret. */
    @Override
    public String toString() {
      return "Token";
    }
  }
}
