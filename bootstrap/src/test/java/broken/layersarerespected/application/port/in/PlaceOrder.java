package broken.layersarerespected.application.port.in;

/** A driving port. */
public interface PlaceOrder {}
