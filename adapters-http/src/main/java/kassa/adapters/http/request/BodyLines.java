package kassa.adapters.http.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;

/**
 * Reads a request body line by line, with a size limit per line and for the whole body. Memory is
 * bounded by the maximum line length. Not thread-safe.
 */
public final class BodyLines {

  private static final int BUFFER_BYTES = 16_384;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Source source;
  private final Runnable atEnd;
  private final LongSupplier nanos;
  private final long limit;
  private final int maxLineBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int end;
  private long totalBytes;
  private int number;
  private boolean tooLong;

  /** How long this reader has waited for the client since the last line with content. */
  private long waitedNanos;

  /** Reads bytes like {@link java.io.InputStream#read(byte[])}. */
  @FunctionalInterface
  interface Source {

    int read(byte[] buffer) throws IOException;
  }

  /**
   * @param atEnd called at the end of the body
   * @param nanos clock in nanoseconds
   */
  BodyLines(Source source, Runnable atEnd, long limit, int maxLineBytes, LongSupplier nanos) {
    this.source = source;
    this.atEnd = atEnd;
    this.nanos = nanos;
    this.limit = limit;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Reads the next line.
   *
   * @return {@code false} at the end of the body
   * @throws ProblemException if the body exceeds its size limit or is incomplete
   */
  public boolean next() {
    if (!hasMore()) {
      return false;
    }
    number++;
    tooLong = false;
    line.reset();
    boolean ended = false;
    while (!ended && hasMore()) {
      int stop = endOfLine();
      append(stop);
      ended = stop < end;
      position = ended ? stop + 1 : stop;
    }
    if (tooLong || line.size() > 0) {
      waitedNanos = 0;
    }
    return true;
  }

  /** Returns the number of the current line, from 1. */
  public int number() {
    return number;
  }

  /** Returns whether the current line exceeds the maximum line length. */
  public boolean isTooLong() {
    return tooLong;
  }

  /**
   * Returns the bytes of the current line without line break and byte order mark; empty if it is
   * too long.
   */
  public byte[] bytes() {
    byte[] bytes = line.toByteArray();
    boolean marked =
        number == 1
            && bytes.length >= BYTE_ORDER_MARK.length
            && Arrays.equals(
                bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    return marked ? Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length) : bytes;
  }

  /**
   * Checks that the first line is a whole JSON value: clients send JSON arrays, or objects with
   * line breaks, by mistake. Each of their lines would be reported as one error.
   *
   * @throws ProblemException if the current line is only the beginning of a JSON value
   */
  public void requireWholeValue() {
    String text = new String(bytes(), UTF_8).strip();
    if ((text.startsWith("[") && !text.endsWith("]")) || text.equals("{")) {
      throw new ProblemException(
          ProblemKind.MALFORMED_JSON,
          "The body is a JSON array or has objects over several lines. Send one object per line,"
              + " without an array: jq -c '.[]' writes a JSON array in this way.");
    }
  }

  /** Returns whether the current line consists of white space only. */
  public boolean isBlank() {
    if (tooLong) {
      return false;
    }
    for (byte each : bytes()) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
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

  private boolean hasMore() {
    if (position < end) {
      return true;
    }
    int read = read();
    if (read < 0) {
      atEnd.run();
      return false;
    }
    totalBytes += read;
    if (totalBytes > limit) {
      throw RequestBody.tooLarge(limit);
    }
    position = 0;
    end = read;
    return true;
  }

  /** Empty lines and single bytes do not count: they would hold a permit for hours. */
  private int read() {
    try {
      long start = nanos.getAsLong();
      int read = source.read(buffer);
      waitedNanos += nanos.getAsLong() - start;
      Duration allowed =
          RequestBody.TIMEOUT.plusSeconds(line.size() / RequestBody.MIN_BYTES_PER_SECOND);
      if (read > 0 && waitedNanos > allowed.toNanos()) {
        throw tooSlow();
      }
      return read;
    } catch (IOException failure) {
      throw failure.getCause() instanceof TimeoutException ? tooSlow() : RequestBody.incomplete();
    }
  }

  private static ProblemException tooSlow() {
    return new ProblemException(
        ProblemKind.REQUEST_TIMEOUT,
        "No complete line arrived within "
            + RequestBody.TIMEOUT.toSeconds()
            + " seconds. The lines before were processed; send the others in a new request.");
  }
}
