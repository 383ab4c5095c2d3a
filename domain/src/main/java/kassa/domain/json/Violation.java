package kassa.domain.json;

/**
 * One thing that is wrong with something that was written down.
 *
 * @param pointer where, as a JSON pointer (RFC 6901)
 * @param code what is wrong, for programs
 * @param detail what is wrong, for people; never repeats what was written
 * @param isMalformed whether the form is wrong, rather than a value of the right form
 */
public record Violation(String pointer, String code, String detail, boolean isMalformed) {}
