package kassa.adapters.persistence.jdbc;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.rule.Code;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Converts values to and from JDBC in a form that both drivers support. Times do not depend on the
 * time zone of the process or of the session.
 */
public final class SqlValues {

  private SqlValues() {}

  public static Argument timestamp(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    return (position, statement, context) -> statement.setObject(position, time);
  }

  public static Argument nullableTimestamp(@Nullable Instant instant) {
    return instant == null
        ? (position, statement, context) ->
            statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE)
        : timestamp(instant);
  }

  /** The time in UTC, in the form that drivers accept. */
  public static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  public static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
    return instant == null ? null : utc(instant);
  }

  /** The converted elements; the converter may return null. */
  public static <T> List<@Nullable Object> list(
      Collection<T> items, Function<? super T, ? extends @Nullable Object> element) {
    List<@Nullable Object> elements = new ArrayList<>(items.size());
    items.forEach(item -> elements.add(element.apply(item)));
    return elements;
  }

  /** The converted elements as in {@link #list}, or null instead of an empty list. */
  public static <T> @Nullable List<@Nullable Object> listOrNull(
      Collection<T> items, Function<? super T, ? extends @Nullable Object> element) {
    return items.isEmpty() ? null : list(items, element);
  }

  public static Argument uuidArray(Collection<UUID> ids) {
    return array("uuid", ids, id -> id);
  }

  /**
   * An SQL array.
   *
   * @param type the SQL type of the elements
   * @param element converts an element; may return null
   */
  public static <T> Argument array(
      String type, Collection<T> items, Function<? super T, ? extends @Nullable Object> element) {
    Object[] elements = items.stream().map(element).toArray();
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf(type, elements));
  }

  /** The elements of an array column; empty if the column is null. */
  public static <T> List<@Nullable T> arrayColumn(ResultSet row, String column, Class<T> type)
      throws SQLException {
    Array array = row.getArray(column);
    return array == null
        ? List.of()
        : Stream.of((Object[]) array.getArray()).<@Nullable T>map(type::cast).toList();
  }

  public static Argument timestampArray(Collection<Instant> instants) {
    return array("timestamptz", instants, instant -> instant.atOffset(ZoneOffset.UTC));
  }

  /** The {@code toString()} values as an array of varchar. */
  public static Argument textArray(Collection<?> texts) {
    return array("varchar", texts, Object::toString);
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static @Nullable Instant nullableInstant(ResultSet row, String column)
      throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  public static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  public static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Long.class);
  }

  /** The column value of an enum constant: its name in lower case. */
  public static String enumName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Parses the column value of an enum constant.
   *
   * @throws IllegalArgumentException if there is no such constant
   */
  public static <E extends Enum<E>> E parseEnum(Class<E> type, String column) {
    return Enum.valueOf(type, column.toUpperCase(Locale.ROOT));
  }

  /**
   * Executes a batch, unless it is empty.
   *
   * @return the number of updated rows of each statement
   */
  public static int[] executeBatch(PreparedBatch batch) {
    return batch.size() == 0 ? new int[0] : batch.execute();
  }

  public static BigDecimal decimal(Quantity quantity) {
    return BigDecimal.valueOf(quantity.thousandths(), Quantity.DECIMAL_PLACES);
  }

  public static @Nullable BigDecimal decimal(@Nullable UnitPrice price) {
    return price == null ? null : BigDecimal.valueOf(price.micros(), UnitPrice.DECIMAL_PLACES);
  }

  public static @Nullable BigDecimal decimal(@Nullable Percentage percentage) {
    return percentage == null ? null : new BigDecimal(percentage.toString());
  }

  public static @Nullable String code(@Nullable Code code) {
    return code == null ? null : code.value();
  }

  public static @Nullable Code code(@Nullable String column) {
    return column == null ? null : new Code(column);
  }
}
