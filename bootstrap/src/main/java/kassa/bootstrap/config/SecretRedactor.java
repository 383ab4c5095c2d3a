package kassa.bootstrap.config;

import java.util.regex.Pattern;

/** Removes passwords and user names from messages and URLs before they are printed or logged. */
public final class SecretRedactor {

  /** Stands in the place of a secret. */
  public static final String MASK = "***";

  private static final Pattern SECRET = Pattern.compile("(?i)(password|user|sslpassword)=[^&;]*");

  /** In a sentence: what comes behind a space does not belong to it. */
  private static final Pattern SECRET_IN_MESSAGE = Pattern.compile("(?i)(password|user)=[^&;\\s]*");

  /** No database takes a user and a password in front of its host, but people write them there. */
  private static final Pattern URL_USER_INFO = Pattern.compile("//[^?;\\s]*@");

  /** The same in a sentence, in which a driver calls all of it the host. */
  private static final Pattern USER_INFO_IN_MESSAGE = Pattern.compile("[^\\s(\"']+:\\S*@");

  private SecretRedactor() {}

  /** Why something failed, in one line: what was tried, and the innermost cause of the failure. */
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

  /** A message in one line, with no secret in it: drivers repeat the url that they were given. */
  public static String toSafeSingleLine(String message) {
    String line =
        SECRET_IN_MESSAGE.matcher(message.replaceAll("\\R", " ")).replaceAll("$1=" + MASK);
    return USER_INFO_IN_MESSAGE.matcher(line).replaceAll(MASK + "@");
  }

  /** Masks user, password and user info of a database URL. */
  public static String maskUrl(String url) {
    String text = SECRET.matcher(url).replaceAll("$1=" + MASK);
    return URL_USER_INFO.matcher(text).replaceAll("//" + MASK + "@");
  }
}
