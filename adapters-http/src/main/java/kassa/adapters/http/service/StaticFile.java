package kassa.adapters.http.service;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import kassa.adapters.http.request.AcceptEncoding;
import kassa.adapters.http.request.EntityTags;
import kassa.adapters.http.request.RequestHeaders;
import kassa.adapters.http.routing.GzipEncoding;
import kassa.adapters.http.routing.Responses;

/** File of the documentation page, plain and compressed. Both have the same weak entity tag. */
final class StaticFile {

  private static final String RESOURCE_FOLDER = "/META-INF/kassa/";
  private static final int TAG_BYTES = 16;

  private final String contentType;
  private final String entityTag;
  private final byte[] plain;
  private final byte[] gzip;

  private StaticFile(String contentType, byte[] plain) {
    this.contentType = contentType;
    this.entityTag = "W/\"" + hash(plain) + '"';
    this.plain = plain;
    this.gzip = GzipEncoding.compress(plain, Deflater.BEST_COMPRESSION);
  }

  /** Reads and compresses a resource. */
  static StaticFile read(String resource, String contentType) {
    return new StaticFile(contentType, content(resource));
  }

  /** Sends the file, or 304 if the client has it. */
  void send(Context context) {
    context.header("ETag", entityTag);
    context.header("Vary", "Accept-Encoding");
    if (EntityTags.matches(RequestHeaders.list(context, "If-None-Match"), entityTag)) {
      Responses.notModified(context);
    } else if (AcceptEncoding.of(context).prefersGzip()) {
      context.header("Content-Encoding", "gzip");
      Responses.sendEncoded(context, 200, contentType, gzip);
    } else {
      Responses.sendEncoded(context, 200, contentType, plain);
    }
  }

  private static byte[] content(String resource) {
    try (InputStream stream = StaticFile.class.getResourceAsStream(RESOURCE_FOLDER + resource)) {
      if (stream == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return stream.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is not available", missing);
    }
  }
}
