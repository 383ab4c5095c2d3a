package broken.adaptershidetheirtypes.adapters.http;

/** The entry, with a type of its own. */
public interface HttpServer {
  record Config() {}
}
