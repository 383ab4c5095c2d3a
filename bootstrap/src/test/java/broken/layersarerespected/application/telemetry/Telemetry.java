package broken.layersarerespected.application.telemetry;

/** A port that every layer but the domain may use; keeps the rule. */
public interface Telemetry {}
