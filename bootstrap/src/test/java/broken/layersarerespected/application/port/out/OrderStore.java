package broken.layersarerespected.application.port.out;

/** A driven port. */
public interface OrderStore {}
