package broken.adaptershidetheirtypes.adapters.http;

/** Public without need. */
public interface Router {}
