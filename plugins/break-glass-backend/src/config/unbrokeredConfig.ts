import { Principals } from './types';
import type { Section } from './schema/sectionSchema';

/** A sealed IAM user for emergencies outside the portal. */
export interface EmergencyUserConfig {
  /** Of one account, or with `${partition}` and `${accountId}`. */
  arn: string;
  title: string;
  /** Group or person that holds the seal, and explains every use. */
  owner: string;
}

/** How uses of roles that no lease explains are found and dealt with. */
export interface UnbrokeredConfig {
  /** Ids of the roles that are watched. */
  roleIds: string[];
  emergencyUsers: EmergencyUserConfig[];
  lookEveryMinutes: number;
  /** How far the first scan looks back. */
  lookBackMinutes: number;
  /** After it was found, until a use has to be explained and reviewed. */
  dueMinutes: number;
  /** Group or person that explains what nobody else has to. */
  owner: string;
  /** How long before it is due a use is reminded of, and how often from then on. */
  remindBeforeMinutes: number;
  remindEveryMinutes: number;
  /** How long after it was due a use is escalated, and to whom. */
  escalateAfterMinutes: number;
  escalateTo: Principals;
  /** Topic of the events system that reports uses at once. */
  topic: string;
}

/** The section `unbrokered`: without it every lease role is watched, and the responders explain. */
export function toUnbrokered(section: Section): UnbrokeredConfig {
  const { unbrokered, roles, responders, reviewers } = section;
  const leaseRoles = roles.filter(({ access }) => access === 'lease');
  return {
    roleIds: unbrokered.roles ?? leaseRoles.map(({ id }) => id),
    emergencyUsers: unbrokered.emergencyUsers,
    lookEveryMinutes: unbrokered.lookEvery,
    lookBackMinutes: unbrokered.lookBack,
    dueMinutes: unbrokered.due,
    owner: unbrokered.owner ?? responders.groups[0] ?? responders.users[0],
    remindBeforeMinutes: unbrokered.remindBefore,
    remindEveryMinutes: unbrokered.remindEvery,
    escalateAfterMinutes: unbrokered.escalateAfter,
    escalateTo: unbrokered.escalateTo ?? reviewers,
    topic: unbrokered.topic,
  };
}
