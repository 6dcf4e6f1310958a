export { needsNoPermission, profileReach } from './profileReach';
export type { ProfileReach } from './profileReach';
export { rulesWith, SensitiveMarker } from './SensitiveMarker';
export type { RuleSet } from './SensitiveMarker';
export type {
  CountingRule,
  EventContext,
  LeaseContext,
  SensitiveCase,
  SensitiveRule,
} from './SensitiveRule';
export { countingRules, sensitiveRules } from './sensitiveRules';
