package kassa.adapters.http.request;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import kassa.adapters.http.problem.ProblemException;

/**
 * Reads a request body line by line, with a size limit per line and for the whole body. Memory is
 * bounded by the maximum line length. Not thread-safe.
 */
public final class BodyLines {

  private static final int BUFFER_BYTES = 16_384;

  private final Context context;
  private final long limit;
  private final int maxLineBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int end;
  private long totalBytes;
  private int number;
  private boolean tooLong;

  BodyLines(Context context, long limit, int maxLineBytes) {
    this.context = context;
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

  /** Returns the bytes of the current line without the line break; empty if it is too long. */
  public byte[] bytes() {
    return line.toByteArray();
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
      RequestBody.markRead(context);
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

  private int read() {
    try {
      return context.req().getInputStream().read(buffer);
    } catch (IOException failure) {
      throw RequestBody.incomplete();
    }
  }
}
