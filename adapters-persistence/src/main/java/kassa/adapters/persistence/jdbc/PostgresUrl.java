package kassa.adapters.persistence.jdbc;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parses PostgreSQL URLs: those of JDBC, and {@code postgresql://user:password@host/db} of libpq,
 * which hosting services show. The error messages contain no part of the URL, because any part may
 * be a piece of a password.
 */
final class PostgresUrl {

  private static final String JDBC_PREFIX = "jdbc:postgresql:";

  private static final Pattern LIBPQ_PREFIX = Pattern.compile("(?:jdbc:)?postgres(?:ql)?://");

  private static final Pattern HOST =
      Pattern.compile("(?:[\\p{Alnum}._-]+|\\[[\\p{XDigit}:.%]+])?(?::(?<port>[0-9]{1,5}))?");

  private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![\\p{XDigit}]{2})");

  private static final int MAX_PORT = 65_535;

  private static final String ENCODING_HINT =
      "; in a user or password, special characters must be percent-encoded: @ is %40, : is %3A,"
          + " / is %2F, ? is %3F, # is %23, & is %26, + is %2B, % is %25";

  /** Parameters of libpq with another name in the driver. */
  private static final Map<String, String> LIBPQ_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "channel_binding", "channelBinding",
          "connect_timeout", "connectTimeout",
          "gssencmode", "gssEncMode",
          "dbname", "PGDBNAME",
          "host", "PGHOST",
          "port", "PGPORT",
          "require_auth", "requireAuth",
          "sslnegotiation", "sslNegotiation");

  /** Values of the libpq parameter {@code target_session_attrs} and their names in the driver. */
  private static final Map<String, String> TARGET_SERVER_TYPES =
      Map.of(
          "any", "any",
          "primary", "primary",
          "read-write", "primary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private PostgresUrl() {}

  /** Whether a URL has one of the forms that {@link #toJdbcUrl} accepts. */
  static boolean matches(String url) {
    return url.startsWith(JDBC_PREFIX) || LIBPQ_PREFIX.matcher(url).lookingAt();
  }

  /**
   * Converts a URL to the form that the driver accepts.
   *
   * @throws IllegalArgumentException if it is malformed; the message names the fault
   */
  static String toJdbcUrl(String url) {
    String[] parts = url.split("\\?", 2);
    boolean isJdbc = url.startsWith(JDBC_PREFIX);
    Map<String, String> parameters =
        parts.length == 1 ? new LinkedHashMap<>() : parseParameters(parts[1], isJdbc);
    Matcher prefix = LIBPQ_PREFIX.matcher(parts[0]);
    if (!prefix.lookingAt()) {
      // Without a host: jdbc:postgresql:kassa
      String database = parts[0].substring(JDBC_PREFIX.length());
      requireDatabaseName(database);
      return JDBC_PREFIX + database + format(parameters);
    }
    String location = parts[0].substring(prefix.end());
    int slash = location.indexOf('/');
    String authority = slash < 0 ? location : location.substring(0, slash);
    String database = slash < 0 ? "" : location.substring(slash + 1);
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      addUserInfo(authority.substring(0, at), parameters);
    }
    String hosts = authority.substring(at + 1);
    requireHosts(hosts);
    requireDatabaseName(database);
    return JDBC_PREFIX + "//" + hosts + "/" + database + format(parameters);
  }

  private static void addUserInfo(String userInfo, Map<String, String> parameters) {
    String[] parts = userInfo.split(":", 2);
    if (parameters.containsKey("user") || parameters.containsKey("password")) {
      throw new IllegalArgumentException(
          "has a user before the host and a user or password as a parameter; give them once");
    }
    parameters.put("user", decode(parts[0].replace("+", "%2B")));
    if (parts.length == 2) {
      parameters.put("password", decode(parts[1].replace("+", "%2B")));
    }
  }

  private static Map<String, String> parseParameters(String query, boolean isJdbc) {
    Set<String> known = driverParameters();
    Map<String, String> parameters = new LinkedHashMap<>();
    int position = 0;
    for (String parameter : query.split("&", -1)) {
      position++;
      int equals = parameter.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "parameter " + position + " after ? must have the form name=value" + ENCODING_HINT);
      }
      String name = parameter.substring(0, equals);
      String value = parameter.substring(equals + 1);
      // Only the driver reads + as a space.
      add(parameters, known, name, decode(isJdbc ? value : value.replace("+", "%2B")), position);
    }
    return parameters;
  }

  private static void add(
      Map<String, String> parameters, Set<String> known, String name, String value, int position) {
    if (name.equals("target_session_attrs")) {
      String type = TARGET_SERVER_TYPES.get(value);
      if (type == null) {
        throw new IllegalArgumentException(
            "target_session_attrs must be any, primary, read-write, standby or prefer-standby");
      }
      parameters.put("targetServerType", type);
      return;
    }
    String driverName = LIBPQ_NAMES.getOrDefault(name, name);
    if (!known.contains(driverName)) {
      throw new IllegalArgumentException(unknownParameter(known, name, position));
    }
    if (parameters.put(driverName, value) != null) {
      throw new IllegalArgumentException("has the parameter " + driverName + " twice");
    }
  }

  /** Gives the position and not the name, which may be the rest of a password that contains &. */
  private static String unknownParameter(Set<String> known, String name, int position) {
    String spelling =
        known.stream()
            .filter(name::equalsIgnoreCase)
            .findFirst()
            .map(correct -> "; write " + correct)
            .orElse(ENCODING_HINT);
    return "parameter " + position + " after ? is not known to the PostgreSQL driver" + spelling;
  }

  private static Set<String> driverParameters() {
    try {
      DriverPropertyInfo[] parameters =
          DriverManager.getDriver(JDBC_PREFIX + "//")
              .getPropertyInfo(JDBC_PREFIX + "//", new Properties());
      return Arrays.stream(parameters).map(parameter -> parameter.name).collect(Collectors.toSet());
    } catch (SQLException missing) {
      throw new IllegalStateException("the PostgreSQL driver is missing", missing);
    }
  }

  private static void requireHosts(String hosts) {
    for (String host : hosts.split(",", -1)) {
      Matcher matcher = HOST.matcher(host);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "must have a host and a port after //, such as db.internal:5432, or several of them"
                + " with commas"
                + ENCODING_HINT);
      }
      String port = matcher.group("port");
      if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > MAX_PORT)) {
        throw new IllegalArgumentException("must have a port from 1 to " + MAX_PORT);
      }
    }
  }

  private static void requireDatabaseName(String name) {
    var _ = decode(name);
    if (name.matches("(?s).*[/@:;\\s].*")) {
      throw new IllegalArgumentException(
          "must have the name of the database, and no more, after the host" + ENCODING_HINT);
    }
  }

  private static String decode(String text) {
    if (MALFORMED_ESCAPE.matcher(text).find()) {
      throw new IllegalArgumentException(
          "has a % that is not followed by two hexadecimal digits; write % as %25");
    }
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String format(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
  }
}
