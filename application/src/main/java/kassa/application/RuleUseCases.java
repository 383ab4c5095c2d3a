package kassa.application;

import kassa.application.idempotency.Recording;
import kassa.application.internal.identity.Authorization;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.internal.rule.CodeService;
import kassa.application.internal.rule.RuleService;
import kassa.application.internal.rule.SecuredManageCodes;
import kassa.application.internal.rule.SecuredManageRules;
import kassa.application.port.in.Secured;
import kassa.application.port.in.rule.ManageCodes;
import kassa.application.port.in.rule.ManageRules;
import kassa.application.port.out.rule.RuleStores;

/**
 * The use cases of discount rules.
 *
 * @param manageRules creates, changes and reads rules
 * @param manageCodes issues and reads the codes that apply rules
 */
public record RuleUseCases(Secured<ManageRules> manageRules, Secured<ManageCodes> manageCodes) {

  static RuleUseCases create(
      RuleStores stores,
      ActiveRuleSet activeRules,
      Environment environment,
      Authorization authorization) {
    Secured<ManageRules> rules =
        caller ->
            new RuleService(
                stores.rules().by(caller.name()),
                stores.limitUsage(),
                activeRules,
                environment.clock(),
                environment.ids(),
                Recording.none());
    Secured<ManageCodes> codes =
        caller ->
            new CodeService(
                stores.codes().by(caller.name()),
                activeRules,
                environment.clock(),
                environment.random(),
                Recording.none());
    return new RuleUseCases(
        SecuredManageRules.secure(rules, authorization),
        SecuredManageCodes.secure(codes, authorization));
  }
}
