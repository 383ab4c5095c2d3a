package broken.adaptershidetheirtypes.adapters.http.message;

/** Seen by the adapter alone, for its package is not exported. */
public record OrderResponse() {}
