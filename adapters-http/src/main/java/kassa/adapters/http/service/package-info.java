/** Health, version and the OpenAPI document with its page: handlers and messages. */
@NullMarked
package kassa.adapters.http.service;

import org.jspecify.annotations.NullMarked;
