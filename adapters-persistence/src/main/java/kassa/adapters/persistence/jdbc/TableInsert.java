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

  private TableInsert(
      String table, @Nullable String generatedColumn, String overriding, List<Column> columns) {
    this(table, generatedColumn, overriding, "", "", columns);
  }

  /**
   * @param computedColumn a column that PostgreSQL computes, with a comma after it; or empty
   * @param computedValue the expression of this column, with a comma after it; or empty
   */
  private TableInsert(
      String table,
      @Nullable String generatedColumn,
      String overriding,
      String computedColumn,
      String computedValue,
      List<Column> columns) {
    this.columns = List.copyOf(columns);
    this.generatedColumn = generatedColumn;
    String names = join(Column::name);
    postgresqlStatement =
        "insert into %s (%s%s)%s\n".formatted(table, computedColumn, names, overriding)
            + "select %s%s\nfrom unnest(%s) as n (%s)"
                .formatted(computedValue, join(Column::value), join(Column::parameter), names)
            + (generatedColumn == null
                ? ""
                : "\nreturning " + this.columns.getFirst().name + ", " + generatedColumn);
    h2Statement =
        "insert into %s (%s)%s\n".formatted(table, names, overriding)
            + "values (%s)".formatted(join(column -> "?"));
  }

  /**
   * An insert without generated numbers.
   *
   * @param table the name of the table
   */
  public static TableInsert into(String table, Column... columns) {
    return new TableInsert(table, null, "", List.of(columns));
  }

  /**
   * An insert with numbers of its own instead of those that the database generates.
   *
   * @param table the name of the table
   * @param columns all columns, also that of the number
   */
  public static TableInsert withNumbers(String table, Column... columns) {
    return new TableInsert(table, null, " overriding system value", List.of(columns));
  }

  /**
   * An insert that returns the number that the database generates for each row.
   *
   * @param table the name of the table
   * @param generatedColumn the column of the number
   * @param columns all other columns; the first is a UUID that is different in each row
   */
  public static TableInsert returning(String table, String generatedColumn, Column... columns) {
    return new TableInsert(table, generatedColumn, "", List.of(columns));
  }

  /**
   * An insert with a column that only PostgreSQL has, and computes.
   *
   * @param table the name of the table
   * @param computedColumn the name of this column
   * @param computedValue the SQL expression of its value
   * @param columns all other columns
   */
  public static TableInsert withComputedColumn(
      String table, String computedColumn, String computedValue, Column... columns) {
    return new TableInsert(
        table, null, "", computedColumn + ", ", computedValue + ", ", List.of(columns));
  }

  private String join(Function<Column, String> part) {
    return columns.stream().map(part).collect(joining(", "));
  }

  /**
   * Inserts into several tables within a transaction: on PostgreSQL by one statement, because each
   * statement costs a round trip and two switches of threads. Not thread-safe.
   */
  public static final class Batch {

    private final Handle handle;
    private final Dialect dialect;
    private final List<Rows> tables = new ArrayList<>();

    public Batch(Handle handle, Dialect dialect) {
      this.handle = handle;
      this.dialect = dialect;
    }

    /** Starts the rows of a table, which are inserted in the order of the tables on H2. */
    public Rows rows(TableInsert table) {
      Rows rows = table.new Rows(this);
      tables.add(rows);
      return rows;
    }

    /**
     * Inserts the rows that were added since the last insert.
     *
     * @throws org.jdbi.v3.core.statement.StatementException if an insert fails
     */
    public void execute() {
      insert(tables.stream().filter(Rows::isPending).toList());
    }

    private void insert(List<Rows> pending) {
      switch (dialect) {
        case POSTGRESQL -> {
          if (!pending.isEmpty()) {
            PlainJdbc.run(
                handle,
                postgresqlStatement(pending),
                statement -> insertArrays(statement, pending));
          }
        }
        case H2 -> pending.forEach(rows -> rows.insertBatch(handle));
      }
      pending.forEach(rows -> rows.values.clear());
    }

    private static String postgresqlStatement(List<Rows> pending) {
      if (pending.size() == 1) {
        return pending.getFirst().table().postgresqlStatement;
      }
      StringBuilder sql = new StringBuilder();
      StringBuilder select = new StringBuilder("select");
      for (int i = 0; i < pending.size(); i++) {
        TableInsert table = pending.get(i).table();
        sql.append(i == 0 ? "with" : ",").append(" t").append(i).append(" as (\n");
        sql.append(table.postgresqlStatement).append(")");
        if (table.generatedColumn != null) {
          select.append(" * from t").append(i);
        }
      }
      return sql.append('\n').append(select).toString();
    }

    private static void insertArrays(PreparedStatement statement, List<Rows> pending)
        throws SQLException {
      int parameter = 0;
      Rows returning = null;
      for (Rows rows : pending) {
        for (int i = 0; i < rows.table().columns.size(); i++) {
          statement.setArray(++parameter, rows.array(statement.getConnection(), i));
        }
        returning = rows.table().generatedColumn == null ? returning : rows;
      }
      if (statement.execute() && returning != null) {
        try (ResultSet results = statement.getResultSet()) {
          returning.readGenerated(results);
        }
      }
    }
  }

  /** The rows of one table. Not thread-safe. */
  public final class Rows {

    private final Batch batch;
    private final List<@Nullable Object[]> values = new ArrayList<>();
    private final List<Long> generated = new ArrayList<>();

    private Rows(Batch batch) {
      this.batch = batch;
    }

    private TableInsert table() {
      return TableInsert.this;
    }

    private boolean isPending() {
      return !values.isEmpty();
    }

    /**
     * Adds a row, and inserts the rows of this table so far if they are many.
     *
     * @param row one value for each column, in the order of the columns
     * @throws org.jdbi.v3.core.statement.StatementException if the insert fails
     */
    public void add(@Nullable Object... row) {
      values.add(row);
      if (values.size() == MAX_ROWS) {
        batch.insert(List.of(this));
      }
    }

    /** The generated numbers of all inserted rows, in order. */
    public List<Long> generated() {
      return generated;
    }

    private void readGenerated(ResultSet results) throws SQLException {
      Map<UUID, Long> byId = HashMap.newHashMap(values.size());
      while (results.next()) {
        byId.put(results.getObject(1, UUID.class), results.getLong(2));
      }
      values.forEach(row -> generated.add(Objects.requireNonNull(byId.get(row[0]))));
    }

    /** The values of a column. Unnest fills a shorter array with nulls. */
    private java.sql.Array array(Connection connection, int column) throws SQLException {
      ColumnType type = columns.get(column).type;
      Class<?> elementClass = type.isArray() ? String.class : type.valueClass;
      boolean isEmpty = values.stream().allMatch(row -> row[column] == null);
      Object[] elements = (Object[]) Array.newInstance(elementClass, isEmpty ? 0 : values.size());
      for (int i = 0; i < elements.length; i++) {
        Object value = values.get(i)[column];
        elements[i] =
            value instanceof List<?> list
                ? connection.createArrayOf(type.sqlName, list.toArray()).toString()
                : value;
      }
      return connection.createArrayOf(
          (type.isArray() ? ColumnType.VARCHAR : type).sqlName, elements);
    }

    private void insertBatch(Handle handle) {
      PlainJdbc.run(handle, h2Statement, generatedColumn, this::insertBatch);
    }

    private void insertBatch(PreparedStatement statement) throws SQLException {
      for (@Nullable Object[] row : values) {
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
