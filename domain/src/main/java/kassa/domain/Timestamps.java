package kassa.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kassa.domain.InvalidValueException.Reason;
import org.jspecify.annotations.Nullable;

/** Parses timestamps in the format of RFC 3339, section 5.6. */
public final class Timestamps {

  /** The earliest time that {@link #parse} accepts: the start of the year 0 in UTC. */
  public static final Instant MIN = Instant.parse("0000-01-01T00:00:00Z");

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[Tt](\\d{2}:\\d{2}:\\d{2})(?:\\.(\\d+))?"
              + "(?:[Zz]|([+-])(\\d{2}):(\\d{2}))");

  private static final Pattern SPACE_BEFORE_OFFSET = Pattern.compile("\\d \\d{2}(?::?\\d{2})?\\z");
  private static final Pattern OFFSET_WITHOUT_COLON =
      Pattern.compile(":\\d{2}(?:\\.\\d{1,30})?[+-]\\d{2}(?:\\d{2})?\\z");

  private static final int MICROSECOND_DIGITS = 6;
  private static final int NANOS_PER_MICROSECOND = 1_000;
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final int MAX_OFFSET_HOURS = 23;
  private static final int MAX_OFFSET_MINUTES = 59;
  private static final int MAX_YEAR = 9_999;

  private Timestamps() {}

  /**
   * Parses a timestamp. Digits after the microseconds are cut off.
   *
   * @param name the name of the field or parameter, for the message
   * @throws InvalidValueException if the text has another format, or the time in UTC is not in the
   *     years 0 to 9999
   */
  public static Instant parse(String name, String text) {
    Matcher matcher = RFC_3339.matcher(text);
    if (!matcher.matches()) {
      throw malformed(name, text);
    }
    try {
      LocalDateTime local = LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2));
      Instant instant =
          local
              .withNano(microseconds(matcher.group(3)) * NANOS_PER_MICROSECOND)
              .toInstant(ZoneOffset.UTC)
              .minusSeconds(offsetSeconds(matcher));
      int year = instant.atOffset(ZoneOffset.UTC).getYear();
      if (year >= 0 && year <= MAX_YEAR) {
        return instant;
      }
    } catch (DateTimeException invalid) {
      throw malformed(name, text);
    }
    throw malformed(name, text);
  }

  private static int microseconds(@Nullable String fraction) {
    if (fraction == null) {
      return 0;
    }
    String padded = fraction + "0".repeat(MICROSECOND_DIGITS);
    return Integer.parseInt(padded.substring(0, MICROSECOND_DIGITS));
  }

  private static int offsetSeconds(Matcher matcher) {
    if (matcher.group(4) == null) {
      return 0;
    }
    int hours = Integer.parseInt(matcher.group(5));
    int minutes = Integer.parseInt(matcher.group(6));
    if (hours > MAX_OFFSET_HOURS || minutes > MAX_OFFSET_MINUTES) {
      throw new DateTimeException("offset out of range");
    }
    int seconds = hours * SECONDS_PER_HOUR + minutes * SECONDS_PER_MINUTE;
    return matcher.group(4).equals("-") ? -seconds : seconds;
  }

  private static InvalidValueException malformed(String name, String text) {
    String hint = "";
    if (SPACE_BEFORE_OFFSET.matcher(text).find()) {
      hint = "; it has a space before the offset: in a query string, write + as %2B";
    } else if (OFFSET_WITHOUT_COLON.matcher(text).find()) {
      hint = "; its offset needs a colon, such as +02:00";
    }
    return new InvalidValueException(
        Reason.MALFORMED, name + " must be an RFC 3339 time such as 2026-06-15T12:00:00Z" + hint);
  }
}
