package broken.adaptershidetheirtypes.adapters.webhooks;

/** A new adapter is looked at until its entry is listed. */
public interface Sender {}
