package kassa.domain.json;

/**
 * One violation: a place in a JSON value that breaks a rule of its reader.
 *
 * @param pointer the place, as a JSON pointer (RFC 6901)
 * @param code what is wrong, for programs
 * @param detail what is wrong, for people; never repeats the input
 * @param isMalformed {@code true} if the JSON has the wrong form (type or field), {@code false} if
 *     the form is right and the value is invalid
 */
public record Violation(String pointer, String code, String detail, boolean isMalformed) {}
