package kassa.bootstrap.admin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kassa.adapters.persistence.admin.QuerySummary;
import kassa.adapters.persistence.admin.ResultColumn;
import kassa.adapters.persistence.admin.ResultSink;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads responses of the local admin channel: a sequence of frames, each of which starts
 * with a letter for its type. Not thread-safe.
 */
final class LocalAdminResponse implements ResultSink {

  private static final int COLUMNS = 'C';
  private static final int ROW = 'R';
  private static final int SUMMARY = 'A';
  private static final int LENGTH = 'L';
  private static final int TEXT = 'T';
  private static final int FAILED = 'F';

  private final DataOutputStream out;

  LocalAdminResponse(DataOutputStream out) {
    this.out = out;
  }

  @Override
  public void columns(List<ResultColumn> columns) throws IOException {
    out.writeByte(COLUMNS);
    out.writeInt(columns.size());
    for (ResultColumn column : columns) {
      out.writeUTF(column.name());
      out.writeBoolean(column.isNumber());
    }
  }

  @Override
  public void row(List<@Nullable String> values) throws IOException {
    out.writeByte(ROW);
    out.writeInt(values.size());
    for (String value : values) {
      byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes == null ? -1 : bytes.length);
      if (bytes != null) {
        out.write(bytes);
      }
    }
  }

  /** Writes the end of a query result. */
  void writeSuccess(QuerySummary summary) throws IOException {
    out.writeByte(SUMMARY);
    out.writeLong(summary.rows());
    out.writeBoolean(summary.hasMore());
  }

  /** Writes the length of a backup file in bytes. */
  void writeSuccess(long length) throws IOException {
    out.writeByte(LENGTH);
    out.writeLong(length);
  }

  /** Writes a text. */
  void writeSuccess(String text) throws IOException {
    out.writeByte(TEXT);
    out.writeUTF(text);
  }

  /** Writes the reason of a failure, cut to 10,000 characters. */
  void writeFailure(String reason) throws IOException {
    out.writeByte(FAILED);
    out.writeUTF(reason.length() > 10_000 ? reason.substring(0, 10_000) : reason);
  }

  /**
   * Copies a query result to a sink.
   *
   * @throws CommandFailedException if the server reports a failure
   */
  static QuerySummary copyResult(DataInputStream in, ResultSink sink) throws IOException {
    while (true) {
      int frameType = readFrameType(in);
      switch (frameType) {
        case COLUMNS -> sink.columns(columns(in));
        case ROW -> sink.row(row(in));
        case SUMMARY -> {
          return new QuerySummary(in.readLong(), in.readBoolean());
        }
        default -> throw failure(frameType, in);
      }
    }
  }

  /**
   * Reads the length of a backup file in bytes.
   *
   * @throws CommandFailedException if the server reports a failure
   */
  static long readLength(DataInputStream in) throws IOException {
    int frameType = readFrameType(in);
    if (frameType == LENGTH) {
      return in.readLong();
    }
    throw failure(frameType, in);
  }

  /**
   * Reads a text.
   *
   * @throws CommandFailedException if the server reports a failure
   */
  static String readText(DataInputStream in) throws IOException {
    int frameType = readFrameType(in);
    if (frameType == TEXT) {
      return in.readUTF();
    }
    throw failure(frameType, in);
  }

  private static int readFrameType(DataInputStream in) throws IOException {
    try {
      return in.readUnsignedByte();
    } catch (EOFException ended) {
      throw new CommandFailedException("the server stopped before it responded");
    }
  }

  private static List<ResultColumn> columns(DataInputStream in) throws IOException {
    List<ResultColumn> columns = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      columns.add(new ResultColumn(in.readUTF(), in.readBoolean()));
    }
    return columns;
  }

  private static List<@Nullable String> row(DataInputStream in) throws IOException {
    List<@Nullable String> values = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      int length = in.readInt();
      values.add(length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
    return values;
  }

  private static CommandFailedException failure(int frameType, DataInputStream in)
      throws IOException {
    return new CommandFailedException(
        frameType == FAILED ? in.readUTF() : "the server has another version");
  }
}
