package kassa.domain.webhook;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;

/**
 * What a caller chooses of an endpoint.
 *
 * @param url the address of the receiver
 * @param description what the endpoint is for, up to {@value #MAX_DESCRIPTION_LENGTH} characters;
 *     may be empty
 * @param types selects events by their type, 1 to {@value #MAX_TYPES}; one match is enough
 * @param filter selects events of orders
 * @param payload what the body of a delivery contains
 */
public record WebhookContent(
    WebhookUrl url,
    String description,
    Set<EventTypePattern> types,
    WebhookFilter filter,
    PayloadForm payload) {

  /** The maximum length of a description, in characters. */
  public static final int MAX_DESCRIPTION_LENGTH = 200;

  /** The maximum number of patterns. */
  public static final int MAX_TYPES = 32;

  /**
   * Validates the description and the patterns.
   *
   * @throws InvalidValueException if the description is too long or not plain, or if there are no
   *     or too many patterns
   */
  public WebhookContent {
    if (!description.isEmpty()) {
      PlainText.singleLine("description", description, MAX_DESCRIPTION_LENGTH);
    }
    if (types.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "eventTypes must hold at least one type");
    }
    if (types.size() > MAX_TYPES) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "eventTypes must hold at most " + MAX_TYPES + " types");
    }
    types = Collections.unmodifiableSet(new LinkedHashSet<>(types));
  }

  /** Returns whether a pattern selects this type of event. */
  public boolean selects(String type) {
    return types.stream().anyMatch(pattern -> pattern.matches(type));
  }
}
