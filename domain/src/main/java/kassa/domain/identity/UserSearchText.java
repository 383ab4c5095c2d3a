package kassa.domain.identity;

import kassa.domain.PlainText;

/**
 * Search text for users: matches users whose name or email address contains it, case-insensitive.
 * The characters are compared by simple case folding, which depends on no locale.
 *
 * @param value 1 to {@value EmailAddress#MAX_LENGTH} characters on one line, in Unicode NFC and
 *     case-folded
 */
public record UserSearchText(String value) {

  /**
   * Validates and normalizes the text.
   *
   * @throws kassa.domain.InvalidValueException if the text is empty, too long or not plain
   */
  public UserSearchText {
    value =
        PlainText.singleLine("q", foldCase(PlainText.normalize(value)), EmailAddress.MAX_LENGTH);
  }

  /** Returns whether the name or the email address of the user contains the text. */
  public boolean matches(User user) {
    return foldCase(user.email().value()).contains(value)
        || (user.name() != null && foldCase(user.name()).contains(value));
  }

  /**
   * Returns the characters that case folding replaces with one that occurs in the text; other
   * characters cannot decide whether a name contains the text.
   */
  public String foldedCharacters() {
    StringBuilder characters = new StringBuilder();
    for (int character = 0; character <= Character.MAX_VALUE; character++) {
      char folded = foldCase((char) character);
      if (folded != character && value.indexOf(folded) >= 0) {
        characters.append((char) character);
      }
    }
    return characters.toString();
  }

  /** Returns the text with the case of each character folded; its length does not change. */
  public static String foldCase(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.chars().forEach(character -> folded.append(foldCase((char) character)));
    return folded.toString();
  }

  /** Also unites characters with the same upper case, such as both forms of the small sigma. */
  private static char foldCase(char character) {
    return Character.toLowerCase(Character.toUpperCase(character));
  }
}
