/**
 * Stands in for AWS in the demo and the tests: STS, IAM, S3, Secrets Manager, EC2, Athena, console sign-in, and CloudTrail's delivery and event history.
 *
 * @packageDocumentation
 */
export type {
  AthenaOptions,
  AthenaSeed,
  StreamTableSeed,
  TableSeed,
  TrailTableSeed,
  WorkGroupSeed,
} from './athena/AthenaSeed';
export { demoAthena } from './athena/demoAthena';
export type { Clock } from './Clock';
export { systemClock } from './Clock';
export { whatPoliciesAllow } from './policy/whatPoliciesAllow';
export type { PolicyQuestion } from './policy/whatPoliciesAllow';
export type { Fault, Faults } from './services/Faults';
export { startAwsSandbox } from './startAwsSandbox';
export type { AwsSandbox, AwsSandboxOptions } from './startAwsSandbox';
export type { DeliveredRecord } from './trail/deliverRecords';
export type { StreamDelivery } from './trail/deliverStream';
export type { UserSignIn } from './trail/userSigninRecord';
export { awsManagedPolicies } from './world/awsManagedPolicies';
export { demoWorld } from './world/demoWorld';
export { EMERGENCY_USER } from './world/emergencyUser';
export { guardrailsPolicy } from './world/guardrailsPolicy';
export type { GuardrailsOptions } from './world/guardrailsPolicy';
export { randomIdentifiers } from './world/Identifiers';
export type { Identifiers } from './world/Identifiers';
export type { World } from './world/World';
export type {
  AccountSeed,
  BucketSeed,
  IdentityProviderSeed,
  PolicyJson,
  PolicySeed,
  RoleSeed,
  UserSeed,
  WorldSeed,
} from './world/WorldSeed';
