package kassa.application;

import kassa.application.port.in.Secured;
import kassa.application.port.in.service.CheckReadiness;
import kassa.application.port.in.service.ReadMetrics;

/**
 * The use cases of the service itself.
 *
 * @param checkReadiness checks whether the use cases can work
 * @param readMetrics reads the metrics
 */
public record ServiceUseCases(CheckReadiness checkReadiness, Secured<ReadMetrics> readMetrics) {}
