package kassa.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a file, one after another. No more of it is held than a line may have. One thread
 * only.
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
   * @param maxLineBytes the most bytes that a line may have
   */
  BoundedLineReader(InputStream input, int maxLineBytes) {
    this.input = input;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Goes on to the next line, which is the first at first.
   *
   * @return {@code false} if there is none
   * @throws InvalidFileException if there are more lines than can be counted
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

  /** The number of this line, from 1. */
  int number() {
    return number;
  }

  /** Whether this line has more bytes than a line may have. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Whether this line has an end; the last of a file may have none. */
  boolean isTerminated() {
    return terminated;
  }

  /**
   * The bytes of this line without its end, and without a mark before the first; none if too long.
   */
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
