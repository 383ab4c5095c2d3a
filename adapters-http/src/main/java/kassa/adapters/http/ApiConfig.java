package kassa.adapters.http;

import javax.crypto.SecretKey;
import kassa.domain.money.AcceptedCurrencies;

/**
 * Configuration of the API that is the same on all nodes.
 *
 * @param currencies the currencies that orders may have
 * @param cursorKey authenticates the pagination cursors; the same on all nodes and after a restart
 */
public record ApiConfig(AcceptedCurrencies currencies, SecretKey cursorKey) {}
