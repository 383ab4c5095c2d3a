package kassa.domain.notation;

/**
 * One thing that is wrong with something that was written down.
 *
 * @param pointer where, as a JSON pointer (RFC 6901)
 * @param code what is wrong, for programs
 * @param detail what is wrong, for people; never repeats what was written
 * @param malformed whether the form is wrong, rather than a value of the right form
 */
public record Flaw(String pointer, String code, String detail, boolean malformed) {}
