package kassa.bootstrap;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.Persistence.Answered;
import kassa.adapters.persistence.Persistence.Column;
import org.jspecify.annotations.Nullable;

/** An answer on its way through the control port: parts that each begin with a letter. */
final class ControlAnswer implements Persistence.Answer {

  private static final int COLUMNS = 'C';
  private static final int ROW = 'R';
  private static final int ANSWERED = 'A';
  private static final int LENGTH = 'L';
  private static final int TEXT = 'T';
  private static final int FAILED = 'F';

  private final DataOutputStream out;

  ControlAnswer(DataOutputStream out) {
    this.out = out;
  }

  @Override
  public void columns(List<Column> columns) throws IOException {
    out.writeByte(COLUMNS);
    out.writeInt(columns.size());
    for (Column column : columns) {
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

  /** A question was answered. */
  void done(Answered answered) throws IOException {
    out.writeByte(ANSWERED);
    out.writeLong(answered.rows());
    out.writeBoolean(answered.more());
  }

  /** A file of this length was written. */
  void done(long length) throws IOException {
    out.writeByte(LENGTH);
    out.writeLong(length);
  }

  /** It is this. */
  void done(String text) throws IOException {
    out.writeByte(TEXT);
    out.writeUTF(text);
  }

  /** It could not be done. */
  void failed(String reason) throws IOException {
    out.writeByte(FAILED);
    out.writeUTF(reason.length() > 10_000 ? reason.substring(0, 10_000) : reason);
  }

  /**
   * Hands the parts of an answer on, to its end.
   *
   * @throws CommandFailedException if it could not be done
   */
  static Answered passOn(DataInputStream in, Persistence.Answer answer) throws IOException {
    while (true) {
      int part = part(in);
      switch (part) {
        case COLUMNS -> answer.columns(columns(in));
        case ROW -> answer.row(row(in));
        case ANSWERED -> {
          return new Answered(in.readLong(), in.readBoolean());
        }
        default -> throw failure(part, in);
      }
    }
  }

  /**
   * The length of the file that was written.
   *
   * @throws CommandFailedException if it could not be done
   */
  static long length(DataInputStream in) throws IOException {
    int part = part(in);
    if (part == LENGTH) {
      return in.readLong();
    }
    throw failure(part, in);
  }

  /**
   * The text that was asked for.
   *
   * @throws CommandFailedException if it could not be told
   */
  static String text(DataInputStream in) throws IOException {
    int part = part(in);
    if (part == TEXT) {
      return in.readUTF();
    }
    throw failure(part, in);
  }

  private static int part(DataInputStream in) throws IOException {
    try {
      return in.readUnsignedByte();
    } catch (EOFException ended) {
      throw new CommandFailedException("the server stopped before it had answered");
    }
  }

  private static List<Column> columns(DataInputStream in) throws IOException {
    List<Column> columns = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      columns.add(new Column(in.readUTF(), in.readBoolean()));
    }
    return columns;
  }

  private static List<@Nullable String> row(DataInputStream in) throws IOException {
    List<@Nullable String> values = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      int length = in.readInt();
      values.add(length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
    return values;
  }

  private static CommandFailedException failure(int part, DataInputStream in) throws IOException {
    return new CommandFailedException(
        part == FAILED ? in.readUTF() : "the server is of another version");
  }
}
