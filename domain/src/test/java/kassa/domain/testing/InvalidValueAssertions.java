package kassa.domain.testing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions for rejected values. */
public final class InvalidValueAssertions {

  private InvalidValueAssertions() {}

  /** Asserts that the code throws an {@link InvalidValueException} of this reason. */
  public static void assertRejected(Reason reason, ThrowingCallable code) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(code)
        .returns(reason, InvalidValueException::reason);
  }
}
