package kassa.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the lines of a stream sequentially; memory is bounded by the maximum length of a line. Not
 * thread-safe.
 */
final class BoundedLineReader {

  private static final int BUFFER_SIZE = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream input;
  private final int maxLineBytes;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int end;
  private int number;
  private boolean terminated;
  private boolean tooLong;

  /**
   * @param maxLineBytes maximum length of a line in bytes
   */
  BoundedLineReader(InputStream input, int maxLineBytes) {
    this.input = input;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Reads the next line.
   *
   * @return {@code false} at the end of the stream
   * @throws InvalidFileException if there are more than 2,147,483,647 lines
   */
  boolean next() throws IOException {
    if (!hasMore()) {
      return false;
    }
    if (number == Integer.MAX_VALUE) {
      throw new InvalidFileException("a file must have at most " + number + " lines");
    }
    number++;
    tooLong = false;
    terminated = false;
    line.reset();
    while (!terminated && hasMore()) {
      int stop = endOfLine();
      append(stop);
      terminated = stop < end;
      position = terminated ? stop + 1 : stop;
    }
    return true;
  }

  /** Number of the current line, from 1. */
  int number() {
    return number;
  }

  /** Whether the current line exceeds the maximum length. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Whether the current line ends with a line break; the last line may not. */
  boolean isTerminated() {
    return terminated;
  }

  /** Bytes of the current line without line break and byte order mark; empty if it is too long. */
  byte[] bytes() {
    byte[] bytes = line.toByteArray();
    boolean marked =
        number == 1
            && bytes.length >= BYTE_ORDER_MARK.length
            && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3);
    return marked ? Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length) : bytes;
  }

  private void append(int stop) {
    tooLong |= line.size() + stop - position > maxLineBytes;
    if (tooLong) {
      line.reset();
    } else {
      line.write(buffer, position, stop - position);
    }
  }

  private int endOfLine() {
    int stop = position;
    while (stop < end && buffer[stop] != '\n') {
      stop++;
    }
    return stop;
  }

  private boolean hasMore() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, input.read(buffer));
    }
    return position < end;
  }
}
