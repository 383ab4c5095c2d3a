package kassa.bootstrap.config;

import java.util.regex.Pattern;
import kassa.client.TerminalText;

/** Removes passwords and user names from messages and URLs before they are printed or logged. */
public final class SecretRedactor {

  /** Replacement of a secret. */
  public static final String MASK = "***";

  /** A parameter ends at the next one: after a semicolon on H2, after & on PostgreSQL. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)(?<=[?&;])(password|user|sslpassword)=(?:[^&;]|;(?!\\w+=))*");

  /** In a sentence a value ends at white space. */
  private static final Pattern SECRET_IN_MESSAGE = Pattern.compile("(?i)(password|user)=[^&;\\s]*");

  /** User info before the host, also with characters that should be percent-encoded. */
  private static final Pattern URL_USER_INFO = Pattern.compile("//.*@", Pattern.DOTALL);

  /** User info in an error message, where a driver reports it as a part of the host. */
  private static final Pattern USER_INFO_IN_MESSAGE = Pattern.compile("[^\\s(\"']+:\\S*@");

  private SecretRedactor() {}

  /** Message and root cause of a failure in one line, without secrets. */
  public static String failureReason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String outerMessage = String.valueOf(failure.getMessage());
    String rootMessage = String.valueOf(cause.getMessage());
    return toSafeSingleLine(
        outerMessage.contains(rootMessage)
            ? outerMessage
            : outerMessage + " (" + rootMessage + ")");
  }

  /** A message in one line, without secrets: drivers repeat the URL in their messages. */
  public static String toSafeSingleLine(String message) {
    String line =
        SECRET_IN_MESSAGE
            .matcher(TerminalText.escape(message.replaceAll("\\R", " ")))
            .replaceAll("$1=" + MASK);
    return USER_INFO_IN_MESSAGE.matcher(line).replaceAll(MASK + "@");
  }

  /** A database URL with its user, password and user info masked. */
  public static String maskUrl(String url) {
    String text = SECRET.matcher(url).replaceAll("$1=" + MASK);
    return URL_USER_INFO.matcher(text).replaceAll("//" + MASK + "@");
  }
}
