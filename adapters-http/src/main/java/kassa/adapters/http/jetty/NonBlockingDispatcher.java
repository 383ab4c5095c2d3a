package kassa.adapters.http.jetty;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Collectors;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import kassa.adapters.http.routing.ObservedRequest;
import kassa.adapters.http.routing.Responses;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Dispatcher, which Jetty calls on the thread of its selector. It answers plain requests for
 * constant responses at once, and hands all others to a virtual thread each. A request is plain if
 * it is a GET or HEAD without query, body and headers that could change the response; one that is
 * not gets its response from the route of its path. See docs/decisions/0154.
 */
public final class NonBlockingDispatcher extends Handler.Wrapper {

  /** Over HTTP/2 the size of the headers is checked by a later handler. */
  private static final int MAX_PLAIN_CHARACTERS = HeaderSizeHandler.MAX_BYTES / 2;

  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, Responses.JSON);

  private final Map<String, Constant> constants;
  private final ConcurrencyLimiter limiter;
  private final InvocationType invocationType;

  /** Body of a constant response, with its length. */
  private record Constant(ByteBuffer body, HttpField length) {}

  /**
   * @param bodies the JSON bodies of constant responses by path
   * @param blocking whether Jetty already calls this handler on a virtual thread, because its
   *     connections block in TLS handshakes
   */
  public NonBlockingDispatcher(
      Handler handler, Map<String, byte[]> bodies, ConcurrencyLimiter limiter, boolean blocking) {
    super(handler);
    this.constants =
        bodies.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    entry ->
                        new Constant(
                            ByteBuffer.wrap(entry.getValue()).asReadOnlyBuffer(),
                            new PreEncodedHttpField(
                                HttpHeader.CONTENT_LENGTH,
                                Integer.toString(entry.getValue().length)))));
    this.limiter = limiter;
    this.invocationType = blocking ? InvocationType.BLOCKING : InvocationType.NON_BLOCKING;
  }

  @Override
  public InvocationType getInvocationType() {
    return invocationType;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Constant constant = constantOf(request);
    if (constant != null && isPlain(request.getHeaders()) && !limiter.isClosed()) {
      ObservedRequest.setRoute(request, request.getHttpURI().getPath());
      send(constant, request, response, callback);
      return true;
    }
    if (invocationType == InvocationType.BLOCKING) {
      return super.handle(request, response, callback);
    }
    Thread.ofVirtual().name("http").start(() -> handleBlocking(request, response, callback));
    return true;
  }

  private void handleBlocking(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Throwable failure) {
      callback.failed(failure);
    }
  }

  private @Nullable Constant constantOf(Request request) {
    String method = request.getMethod();
    return (HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method))
            && request.getHttpURI().getQuery() == null
        ? constants.get(request.getHttpURI().getPath())
        : null;
  }

  /** Returns whether no header needs a check. What this does not know is left to the route. */
  private static boolean isPlain(HttpFields headers) {
    boolean hasRequestId = false;
    boolean hasCredential = false;
    int characters = 0;
    for (HttpField field : headers) {
      String value = field.getValue();
      characters += field.getName().length() + (value == null ? 0 : value.length());
      if (characters > MAX_PLAIN_CHARACTERS) {
        return false;
      }
      HttpHeader header = field.getHeader();
      if (header == null) {
        if (field.is(RequestIds.HEADER)) {
          if (hasRequestId) {
            return false;
          }
          hasRequestId = true;
        } else if (field.is("Idempotency-Key") || field.is("Sec-Fetch-Site")) {
          return false;
        }
        continue;
      }
      switch (header) {
        case ACCEPT -> {
          if (!"*/*".equals(value) && !Responses.JSON.equals(value)) {
            return false;
          }
        }
        case ACCEPT_ENCODING -> {
          if (value == null || value.indexOf(';') >= 0) {
            return false;
          }
        }
        case AUTHORIZATION -> {
          if (hasCredential) {
            return false;
          }
          hasCredential = true;
        }
        case CONTENT_LENGTH, CONTENT_TYPE, EXPECT, ORIGIN, TRANSFER_ENCODING, UPGRADE -> {
          return false;
        }
        default -> {
          // Has no effect on a constant response.
        }
      }
    }
    return true;
  }

  private static void send(
      Constant constant, Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    SecurityHeaders.addTo(request, headers);
    headers.put(JSON);
    HttpFields sent = request.getHeaders();
    headers.put(
        RequestIds.HEADER, RequestIds.choose(sent.get(RequestIds.HEADER), sent.get("traceparent")));
    headers.put(constant.length());
    response.setStatus(HttpStatus.OK_200);
    response.write(true, constant.body().duplicate(), callback);
  }
}
