package kassa.application;

import kassa.domain.identity.SessionLimits;
import kassa.domain.rule.Policy;

/**
 * Settings of the use cases.
 *
 * @param sessionLimits how long sessions are valid
 * @param maxRequestsPerMinute rate limit of each caller in calls per minute, 1 or more
 * @param pricingPolicy how rules work together, unless a request specifies it
 * @param batchLimits limits of batches of orders
 */
public record ApplicationSettings(
    SessionLimits sessionLimits,
    int maxRequestsPerMinute,
    Policy pricingPolicy,
    BatchLimits batchLimits) {}
