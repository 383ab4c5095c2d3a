package kassa.application.port.out.identity;

import java.util.Optional;

/** Makes tokens that nobody can guess. May be called by any number of threads. */
public interface TokenGenerator {

  /** A token for a session: 256 random bits. */
  NewToken newSessionToken();

  /** A key for a program: 256 random bits, and a checksum, so that a slip is seen at once. */
  NewToken newApiKey();

  /**
   * What is kept of a token that was shown; empty if it is none that could have been made here. Who
   * reads {@link Kind} of it knows where to look for it.
   */
  Optional<ParsedToken> parse(String text);

  /** What a token is for. */
  enum Kind {
    /** The session of a person. */
    SESSION,
    /** The key of a program. */
    API_KEY
  }

  /**
   * A token that was shown.
   *
   * @param kind what it is for
   * @param hash what is kept of it
   */
  record ParsedToken(Kind kind, TokenHash hash) {}

  /**
   * A token that was made.
   *
   * @param text what is shown to its owner once
   * @param hash what is kept
   */
  record NewToken(String text, TokenHash hash) {

    /** Nothing of it. */
    @Override
    public String toString() {
      return "Token";
    }
  }
}
