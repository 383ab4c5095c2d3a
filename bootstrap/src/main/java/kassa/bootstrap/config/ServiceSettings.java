package kassa.bootstrap.config;

import java.time.Duration;
import kassa.adapters.webhooks.WebhookNetworks;
import kassa.application.BatchLimits;

/** Reads the settings of what runs for all callers. */
final class ServiceSettings {

  private ServiceSettings() {}

  static ServiceConfig read(SettingReader reader) {
    return new ServiceConfig(
        new BatchLimits(
            reader.read(
                Setting.BATCH_CONCURRENCY, text -> SettingParsers.parseInt(text, 1, 10_000)),
            reader.read(Setting.BATCH_DEADLINE, SettingParsers::parseTimeout)),
        reader.read(Setting.EVENTS_RETENTION, ServiceSettings::parseRetention),
        new WebhookConfig(
            reader.read(
                Setting.WEBHOOK_NETWORKS,
                text -> new WebhookNetworks(SettingParsers.parseList(text))),
            reader.read(Setting.WEBHOOK_RATE, text -> SettingParsers.parseInt(text, 1, 10_000)),
            reader.read(Setting.WEBHOOK_RETENTION, ServiceSettings::parseRetention)),
        reader.read(Setting.WARM_UP, ServiceSettings::parseWarmUp));
  }

  private static Duration parseRetention(String text) {
    return SettingParsers.parseDuration(
        text.matches("[0-9]{1,4}d")
            ? Integer.parseInt(text.substring(0, text.length() - 1)) * 24 + "h"
            : text,
        Duration.ofHours(1),
        Duration.ofDays(3_650),
        "must be a time such as 12h or 30d, from 1h to 3650d");
  }

  private static Duration parseWarmUp(String text) {
    return text.equals("0")
        ? Duration.ZERO
        : SettingParsers.parseDuration(
            text,
            Duration.ZERO,
            Duration.ofMinutes(1),
            "must be 0 or a time such as 500ms or 5s, up to 60s");
  }
}
