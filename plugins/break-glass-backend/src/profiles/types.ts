import { StatementConfig } from '../config/types';

/** A profile for one account, with its parameters filled in. */
export interface CompiledProfile {
  id: string;
  title: string;
  /** Filled in, without lease end and chaining deny: part of the scope. */
  statements: StatementConfig[];
  /** Always sorted. */
  managedPolicyArns: string[];
  parameters: Record<string, string>;
  chaining: boolean;
  residueReviewed: boolean;
  /** Console path, filled in. */
  consolePath?: string;
}

/** The session policy as it goes to STS. */
export interface SessionPolicy {
  /** Minified JSON: statements, lease-end deny, chaining deny. */
  json: string;
  document: Record<string, unknown>;
  managedPolicyArns: string[];
  /** Characters of `json` and of the managed ARNs together; at most 2,048. */
  size: number;
}
