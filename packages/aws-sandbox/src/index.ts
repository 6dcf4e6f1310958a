/**
 * Stands in for AWS in the demo and the tests: STS, IAM, S3, Secrets Manager, EC2, console sign-in and CloudTrail delivery.
 *
 * @packageDocumentation
 */
export type { Clock } from './Clock';
export { systemClock } from './Clock';
export type { Fault, Faults } from './services/Faults';
export { startAwsSandbox } from './startAwsSandbox';
export type { AwsSandbox, AwsSandboxOptions } from './startAwsSandbox';
export type { DeliveredRecord } from './trail/deliverRecords';
export { demoWorld } from './world/demoWorld';
export { guardrailsPolicy } from './world/guardrailsPolicy';
export type { GuardrailsOptions } from './world/guardrailsPolicy';
export { randomIdentifiers } from './world/Identifiers';
export type { Identifiers } from './world/Identifiers';
export type { World } from './world/World';
export type {
  AccountSeed,
  BucketSeed,
  PolicyJson,
  PolicySeed,
  RoleSeed,
  UserSeed,
  WorldSeed,
} from './world/WorldSeed';
