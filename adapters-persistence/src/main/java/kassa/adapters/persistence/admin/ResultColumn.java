package kassa.adapters.persistence.admin;

/**
 * A column of a query result.
 *
 * @param name name in lower case
 * @param isNumber whether its values are numbers
 */
public record ResultColumn(String name, boolean isNumber) {}
