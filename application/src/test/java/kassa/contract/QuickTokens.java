package kassa.contract;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.Tokens;

/** Tokens that anybody can guess, for tests. */
public final class QuickTokens implements Tokens {

  private static final Pattern SESSION = Pattern.compile("session-[0-9]{20}");
  private static final Pattern API_KEY = Pattern.compile("key-[0-9]{20}");
  private static final AtomicLong LAST = new AtomicLong();

  @Override
  public Token session() {
    return next("session-");
  }

  @Override
  public Token apiKey() {
    return next("key-");
  }

  @Override
  public Optional<Shown> read(String text) {
    if (SESSION.matcher(text).matches()) {
      return Optional.of(new Shown(Kind.SESSION, hash(text)));
    }
    return API_KEY.matcher(text).matches()
        ? Optional.of(new Shown(Kind.API_KEY, hash(text)))
        : Optional.empty();
  }

  private static Token next(String prefix) {
    String text = "%s%020d".formatted(prefix, LAST.incrementAndGet());
    return new Token(text, hash(text));
  }

  private static TokenHash hash(String text) {
    return new TokenHash(QuickPasswords.sha256(text));
  }
}
