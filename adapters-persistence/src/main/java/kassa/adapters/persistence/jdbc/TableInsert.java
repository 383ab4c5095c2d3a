package kassa.adapters.persistence.jdbc;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Bulk insert into one table with plain JDBC: one statement with an array for each column ({@code
 * unnest}) on PostgreSQL, a batch on H2. See docs/decisions/0150. Thread-safe.
 */
public final class TableInsert {

  /** Rows of one statement, so that the values of many rows are not in memory at once. */
  private static final int MAX_ROWS = 500;

  /** ColumnType of a column, with the Java class of its values. */
  public enum ColumnType {
    UUID("uuid", UUID.class),
    VARCHAR("varchar", String.class),
    INTEGER("int4", Integer.class),
    BIGINT("int8", Long.class),
    NUMERIC("numeric", BigDecimal.class),
    BOOLEAN("bool", Boolean.class),
    TIMESTAMP("timestamptz", OffsetDateTime.class),
    /** A list of texts. */
    VARCHAR_ARRAY("varchar", List.class),
    /** A list of UUIDs. */
    UUID_ARRAY("uuid", List.class);

    private final String sqlName;
    private final Class<?> valueClass;

    ColumnType(String sqlName, Class<?> valueClass) {
      this.sqlName = sqlName;
      this.valueClass = valueClass;
    }

    boolean isArray() {
      return valueClass == List.class;
    }
  }

  /** A column. */
  public record Column(String name, ColumnType type) {

    /** On PostgreSQL. Unnest flattens arrays of arrays, so an array value is sent as a text. */
    String parameter() {
      return "cast(? as " + (type.isArray() ? ColumnType.VARCHAR : type).sqlName + "[])";
    }

    String value() {
      return type.isArray() ? "cast(n." + name + " as " + type.sqlName + "[])" : "n." + name;
    }
  }

  private final List<Column> columns;
  private final @Nullable String generatedColumn;
  private final String postgresqlStatement;
  private final String h2Statement;

  private TableInsert(String table, @Nullable String generatedColumn, List<Column> columns) {
    this.columns = List.copyOf(columns);
    this.generatedColumn = generatedColumn;
    String insert = "insert into %s (%s)\n".formatted(table, join(Column::name));
    postgresqlStatement =
        insert
            + "select %s\nfrom unnest(%s) as n (%s)"
                .formatted(join(Column::value), join(Column::parameter), join(Column::name))
            + (generatedColumn == null
                ? ""
                : "\nreturning " + this.columns.getFirst().name + ", " + generatedColumn);
    h2Statement = insert + "values (%s)".formatted(join(column -> "?"));
  }

  /**
   * An insert without generated numbers.
   *
   * @param table the name of the table
   */
  public static TableInsert into(String table, Column... columns) {
    return new TableInsert(table, null, List.of(columns));
  }

  /**
   * An insert that returns the number that the database generates for each row.
   *
   * @param table the name of the table
   * @param generatedColumn the column of the number
   * @param columns all other columns; the first is a UUID that is different in each row
   */
  public static TableInsert returning(String table, String generatedColumn, Column... columns) {
    return new TableInsert(table, generatedColumn, List.of(columns));
  }

  private String join(Function<Column, String> part) {
    return columns.stream().map(part).collect(joining(", "));
  }

  /** Starts an insert within a transaction. */
  public Rows rows(Handle handle, Dialect dialect) {
    return new Rows(handle, dialect);
  }

  /** The rows of one insert. Not thread-safe. */
  public final class Rows {

    private final Handle handle;
    private final Dialect dialect;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private final List<Long> generated = new ArrayList<>();

    private Rows(Handle handle, Dialect dialect) {
      this.handle = handle;
      this.dialect = dialect;
    }

    /**
     * Adds a row, and inserts the rows so far if they are many.
     *
     * @param values one value for each column, in the order of the columns
     * @throws org.jdbi.v3.core.statement.StatementException if the insert fails
     */
    public void add(@Nullable Object... values) {
      rows.add(values);
      if (rows.size() == MAX_ROWS) {
        insert();
      }
    }

    /**
     * Inserts the rows that were added since the last insert.
     *
     * @return the generated numbers of all rows, in order; empty if there is no generated column
     * @throws org.jdbi.v3.core.statement.StatementException if the insert fails
     */
    public List<Long> execute() {
      if (!rows.isEmpty()) {
        insert();
      }
      return generated;
    }

    private void insert() {
      switch (dialect) {
        case POSTGRESQL -> PlainJdbc.run(handle, postgresqlStatement, this::insertArrays);
        case H2 -> PlainJdbc.run(handle, h2Statement, generatedColumn, this::insertBatch);
      }
      rows.clear();
    }

    private void insertArrays(PreparedStatement statement) throws SQLException {
      for (int i = 0; i < columns.size(); i++) {
        statement.setArray(i + 1, array(statement.getConnection(), i));
      }
      if (generatedColumn == null) {
        statement.execute();
        return;
      }
      Map<UUID, Long> byId = HashMap.newHashMap(rows.size());
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          byId.put(results.getObject(1, UUID.class), results.getLong(2));
        }
      }
      rows.forEach(row -> generated.add(Objects.requireNonNull(byId.get(row[0]))));
    }

    /** The values of a column. Unnest fills a shorter array with nulls. */
    private java.sql.Array array(Connection connection, int column) throws SQLException {
      ColumnType type = columns.get(column).type;
      Class<?> elementClass = type.isArray() ? String.class : type.valueClass;
      boolean isEmpty = rows.stream().allMatch(row -> row[column] == null);
      Object[] values = (Object[]) Array.newInstance(elementClass, isEmpty ? 0 : rows.size());
      for (int i = 0; i < values.length; i++) {
        Object value = rows.get(i)[column];
        values[i] =
            value instanceof List<?> list
                ? connection.createArrayOf(type.sqlName, list.toArray()).toString()
                : value;
      }
      return connection.createArrayOf((type.isArray() ? ColumnType.VARCHAR : type).sqlName, values);
    }

    private void insertBatch(PreparedStatement statement) throws SQLException {
      for (@Nullable Object[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          Object value = row[i];
          statement.setObject(i + 1, value instanceof List<?> list ? list.toArray() : value);
        }
        statement.addBatch();
      }
      statement.executeBatch();
      if (generatedColumn != null) {
        try (ResultSet results = statement.getGeneratedKeys()) {
          while (results.next()) {
            generated.add(results.getLong(1));
          }
        }
      }
    }
  }
}
