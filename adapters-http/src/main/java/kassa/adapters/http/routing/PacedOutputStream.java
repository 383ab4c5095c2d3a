package kassa.adapters.http.routing;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Measures how long each write waits for the client, and sends the buffered bytes on a flush. */
public final class PacedOutputStream extends FilterOutputStream {

  private final HttpServletResponse response;
  private final WritePace pace;

  private PacedOutputStream(OutputStream output, HttpServletResponse response, WritePace pace) {
    super(output);
    this.response = response;
    this.pace = pace;
  }

  /**
   * Returns the output of a response that is written while the request runs and holds its permit.
   */
  public static OutputStream of(Context context) throws IOException {
    OutputStream output = context.res().getOutputStream();
    Permit permit = Permit.of(context);
    return permit == null ? output : new PacedOutputStream(output, context.res(), permit.pace());
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    pace.begin(System.nanoTime());
    try {
      out.write(bytes, offset, length);
    } finally {
      pace.end(System.nanoTime(), length);
    }
  }

  /** The output stream of Javalin does not forward a flush. */
  @Override
  public void flush() throws IOException {
    pace.begin(System.nanoTime());
    try {
      response.flushBuffer();
    } finally {
      pace.end(System.nanoTime(), 0);
    }
  }
}
