package kassa.adapters.http.service;

/**
 * What is running.
 *
 * @param name the program's name
 * @param version its version
 * @param java the version of the Java runtime
 */
public record VersionResponse(String name, String version, String java) {}
