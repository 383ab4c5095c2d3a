package kassa.adapters.http.routing;

import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Measures how long each write waits for the client, and sends the buffered bytes on a flush. */
final class PacedOutputStream extends FilterOutputStream {

  private final HttpServletResponse response;
  private final ConcurrencyLimiter.Permit permit;

  PacedOutputStream(
      OutputStream output, HttpServletResponse response, ConcurrencyLimiter.Permit permit) {
    super(output);
    this.response = response;
    this.permit = permit;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    permit.beginWrite();
    try {
      out.write(bytes, offset, length);
    } finally {
      permit.endWrite(length);
    }
  }

  /** The output stream of Javalin does not forward a flush. */
  @Override
  public void flush() throws IOException {
    permit.beginWrite();
    try {
      response.flushBuffer();
    } finally {
      permit.endWrite(0);
    }
  }
}
