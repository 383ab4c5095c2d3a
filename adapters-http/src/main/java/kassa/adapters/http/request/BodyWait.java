package kassa.adapters.http.request;

import io.javalin.http.Context;

/**
 * What happens while a request waits for the rest of its body, which its client may send slowly.
 *
 * @param begin runs before the request waits
 * @param end runs when the whole body has arrived; may reject the request
 */
public record BodyWait(Runnable begin, Runnable end) {

  private static final String ATTRIBUTE = "kassa.body-wait";
  private static final BodyWait NONE = new BodyWait(() -> {}, () -> {});

  /** Installs this for a request. */
  public void install(Context context) {
    context.attribute(ATTRIBUTE, this);
  }

  static BodyWait of(Context context) {
    BodyWait installed = context.attribute(ATTRIBUTE);
    return installed == null ? NONE : installed;
  }
}
