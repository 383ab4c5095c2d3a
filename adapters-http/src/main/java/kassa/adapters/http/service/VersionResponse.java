package kassa.adapters.http.service;

/**
 * Response of {@code GET /version}.
 *
 * @param name name of the program
 * @param version version of the program
 * @param javaVersion version of the Java runtime
 */
public record VersionResponse(String name, String version, String javaVersion) {}
