package kassa.adapters.persistence.admin;

/**
 * A column of an answer.
 *
 * @param name in lower case
 * @param isNumber whether its values are numbers
 */
public record ResultColumn(String name, boolean isNumber) {}
